import type { TokenRule } from './token-rule.ts'

const HEX = '0123456789abcdef'
const ALPHANUMERICS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const WORD = `${ALPHANUMERICS}_-`

function each(prefix: string, characters: string): readonly string[] {
  return [...characters].map((character) => `${prefix}${character}`)
}

/** Messaging, payment and mail services. */
export const SERVICE_TOKENS: readonly TokenRule[] = [
  {
    id: 'slack-token',
    title: 'Slack token',
    anchors: [
      'xoxb-',
      'xoxp-',
      'xoxa-',
      'xoxe-',
      'xoxe.',
      'xoxs-',
      'xoxr-',
      'xoxo-',
      'xoxc-',
      'xoxd-',
    ],
    alphabet: 16,
    pattern: /xox(?:e\.xox[bp]-|[a-z]-)([\w%-]{20,400})/y,
    accepts: (random) => /\d{6}/.test(random) || (/\d/.test(random) && random.length >= 40),
  },
  {
    id: 'slack-token',
    title: 'Slack app token',
    anchors: ['xapp-'],
    pattern: /xapp-\d-[A-Z0-9]{8,14}-\d{8,15}-([a-f0-9]{40,80})(?![\w-])/y,
  },
  {
    id: 'slack-webhook',
    title: 'Slack webhook',
    anchors: ['hooks.slack.com/'],
    pattern:
      /hooks\.slack\.com\/(?:services|workflows|triggers)\/(?:T?[A-Z0-9]{8,14}\/B?[A-Z0-9]{8,14}\/|T[A-Z0-9]{8,14}\/\d{10,20}\/)([A-Za-z0-9]{20,64})/y,
  },
  {
    id: 'stripe-key',
    title: 'Stripe live key',
    anchors: ['sk_live_', 'rk_live_'],
    pattern: /[sr]k_live_([A-Za-z0-9]{24,250})(?![\w-])/y,
  },
  {
    id: 'stripe-webhook-secret',
    title: 'Stripe webhook secret',
    anchors: ['whsec_'],
    pattern: /whsec_([A-Za-z0-9+/]{32,64})(?![\w-])/y,
  },
  {
    id: 'telegram-bot-token',
    title: 'Telegram bot token',
    // The number before the colon has 8 to 10 digits; it is looked for backwards.
    anchors: Array.from({ length: 100 }, (_, number) => `${String(number).padStart(2, '0')}:A`),
    lead: -2,
    isInner: true,
    pattern: /:(AA[\w-]{33})(?![\w-])/y,
    accepts: (_, __, { bytes, at, from }) =>
      /(?<![\w])\d{6,8}$/.test(bytes.toString('latin1', Math.max(from, at - 10), at)),
  },
  {
    id: 'discord-bot-token',
    title: 'Discord bot token',
    // The first part is the bot's number in base64, so it begins with three digits in base64.
    anchors: Array.from({ length: 900 }, (_, index) =>
      Buffer.from(String(index + 100)).toString('base64')
    ),
    pattern: /([MNO][A-Za-z0-9]{22,27}\.[\w-]{6}\.[\w-]{27,38})(?![\w-])/y,
    accepts: (random) =>
      /^\d{17,20}$/.test(Buffer.from(random.split('.')[0] ?? '', 'base64').toString('latin1')),
  },
  {
    id: 'discord-webhook',
    title: 'Discord webhook',
    anchors: ['/api/webhooks/'],
    isInner: true,
    pattern: /\/api\/webhooks\/\d{17,20}\/([\w-]{60,80})(?![\w-])/y,
  },
  {
    id: 'sendgrid-key',
    title: 'SendGrid key',
    anchors: each('SG.', WORD),
    pattern: /SG\.([\w-]{22}\.[\w-]{43})(?![\w-])/y,
  },
  {
    id: 'twilio-api-key',
    title: 'Twilio API key',
    anchors: [...HEX].flatMap((first) => each(`SK${first}`, HEX)),
    pattern: /SK([0-9a-f]{32})(?![\w-])/y,
    // SK and a hash may stand anywhere.
    accepts: (_, __, { bytes, at, from, to }) =>
      /twilio/i.test(bytes.toString('latin1', Math.max(from, at - 400), Math.min(to, at + 400))),
  },
  {
    id: 'huggingface-token',
    title: 'Hugging Face token',
    anchors: each('hf_', ALPHANUMERICS),
    pattern: /hf_([A-Za-z0-9]{34})(?![\w-])/y,
  },
  {
    id: 'huggingface-token',
    title: 'Hugging Face token',
    anchors: ['api_org_'],
    pattern: /api_org_([A-Za-z]{34})(?![\w-])/y,
  },
  {
    id: 'openai-key',
    title: 'OpenAI key',
    anchors: ['sk-proj-', 'sk-svcacct-', 'sk-service-', 'sk-admin-', 'sk-None-'],
    pattern:
      /sk-(?:proj|svcacct|service|admin|None)-([\w-]{20,120}T3BlbkFJ[\w-]{20,120})(?![\w-])/y,
  },
  {
    id: 'openai-key',
    title: 'OpenAI key',
    anchors: ['T3BlbkFJ'],
    lead: 23,
    pattern: /sk-([A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20})(?![\w-])/y,
  },
  {
    id: 'anthropic-key',
    title: 'Anthropic key',
    anchors: ['sk-ant-'],
    pattern: /sk-ant-[a-z]{3,10}\d{2}-([\w-]{80,120}AA)(?![\w-])/y,
  },
  {
    id: 'toss-payments-key',
    title: 'Toss Payments live key',
    anchors: ['live_sk_', 'live_gsk_'],
    pattern: /live_g?sk_([A-Za-z0-9]{24,64})(?![\w-])/y,
  },
]
