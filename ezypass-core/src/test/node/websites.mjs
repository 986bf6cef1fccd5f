// Section 9: websites, as far as Node's own means go. A reader needs none of it; a writer does.
import { isIPv4, isIPv6 } from 'node:net';
import { folded, WHITE_SPACE } from './text.mjs';

const HOST_SCHEMES = new Set(
  `ftp ftps git http https imap imaps irc ircs ldap ldaps mongodb mysql nfs pop3 pop3s postgres postgresql rdp redis
  sftp smb smtp smtps ssh svn telnet vnc ws wss`.split(/\s+/),
);
const OPAQUE_SCHEMES = new Set(
  `about blob data file http https javascript mailto sip sips sms tel urn view-source xmpp`.split(' '),
);
const ENDS = new RegExp(`^[${WHITE_SPACE}]+|[${WHITE_SPACE}]+$`, 'g');
const RUNS = new RegExp(`[${WHITE_SPACE}]+`, 'g');
const APP = /^android:\/\/[^/?#]+@([A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)+)(?:[/?#]|$)/i;

/** Thrown where only IDNA 2003 knows: Node has UTS 46 instead. */
export class NeedsIdna extends Error {}

const name = (text) => ({ kind: 'NAME', value: folded(text.replace(RUNS, ' ').replace(ENDS, '')) });
const host = (value) => ({ kind: 'HOST', value });

export function website(written) {
  const text = written.replace(ENDS, '');
  if (text.search(RUNS) >= 0) {
    return name(text);
  }
  const app = APP.exec(text);
  if (app) {
    return { kind: 'APP', value: app[1] };
  }
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(text)?.[1];
  if (scheme !== undefined || text.startsWith('//')) {
    const url = scheme === undefined || HOST_SCHEMES.has(scheme.toLowerCase());
    const at = url && authority(text.slice(text.indexOf('//') + 2));
    if (!at) {
      return name(text);
    }
    const value = hostOf(at);
    const refused = at.host.startsWith('[') ? text : withoutWww(at.host);
    return value === undefined ? name(refused) : host(value);
  }
  if (isIPv6(text) && !text.includes('%')) {
    return host(ipv6(text));
  }
  const at = authority(text);
  const value = at && isPlausible(text, at) ? hostOf(at) : undefined;
  return value !== undefined ? host(value) : name(isNothingBut(at, text) ? withoutWww(at.host) : text);
}

const isNothingBut = (at, text) => at !== undefined && !/[/?#@:[]/.test(text);

/** Host and port, or undefined if one of them cannot be. */
function authority(text) {
  const whole = text.split(/[/?#]/, 1)[0];
  const [, hostAndDot, port] = /^(\[[^\]]*\]|.*?)(?::([0-9]*))?$/.exec(
    whole.slice(whole.lastIndexOf('@') + 1).replace(/[\u3002\uff0e\uff61]/g, '.'),
  );
  const plain = hostAndDot.replace(/\.$/, '');
  const labels = plain.split('.');
  const colon = plain.includes(':') && !plain.startsWith('[');
  return whole.includes('\\') || labels.includes('') || Number(port ?? 0) > 65_535 || colon
    ? undefined
    : { host: plain, labels, port };
}

function isPlausible(text, at) {
  const opaque = text.includes(':') && OPAQUE_SCHEMES.has(text.split(':', 1)[0].toLowerCase());
  const alone = /^[^./?#@:[\]]+$/.test(text);
  const looksLike = at.labels.length > 1 || Boolean(at.port) || at.host.startsWith('[');
  return !opaque && (alone || looksLike || at.host.toLowerCase() === 'localhost');
}

function hostOf({ host: written, labels }) {
  if (written.startsWith('[')) {
    const inside = written.slice(1, -1);
    return isIPv6(inside) && !inside.includes('%') ? ipv6(inside) : undefined;
  }
  if (/[^\0-\u007f]/.test(written) || labels.some((label) => /^xn--/i.test(label))) {
    throw new NeedsIdna(written);
  }
  const isHost =
    labels.every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(label)) &&
    written.length <= 253 &&
    !/^([0-9]+|0x[0-9a-f]*)$/i.test(labels.at(-1));
  return isIPv4(written) ? written : isHost ? withoutWww(written.toLowerCase()) : undefined;
}

const withoutWww = (value) => value.replace(/^(?:www\.(?=[^.]+\.))+/i, '');

/** RFC 5952: as URLs have it, but with an IPv4 address inside where one is mapped. */
function ipv6(text) {
  const value = new URL(`http://[${text}]/`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(value);
  const bytes = (group) => [parseInt(group, 16) >> 8, parseInt(group, 16) & 255];
  return mapped ? `::ffff:${[...bytes(mapped[1]), ...bytes(mapped[2])].join('.')}` : value;
}
