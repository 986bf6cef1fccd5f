// Conventions: UTF-8, white space, control characters. Section 9: e-mail addresses and usernames.
import { must, refusingAs } from './bytes.mjs';

// ignoreBOM keeps a byte order mark: it is a character like others.
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function utf8(bytes) {
  try {
    return strict.decode(bytes);
  } catch {
    return must(false, 'malformed UTF-8');
  }
}

export const WHITE_SPACE =
  '\\u0020\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const BLANK = new RegExp(`^[${WHITE_SPACE}]*$`);
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
const CONTROL_IN_LINES = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;
// White space without the no-break spaces.
const STRIPPED = '\\u0020\\u1680\\u2000-\\u2006\\u2008-\\u200a\\u2028\\u2029\\u205f\\u3000';
const AT_THE_ENDS = new RegExp(`^[${STRIPPED}]+|[${STRIPPED}]+$`, 'g');

export const isOneLine = (text) => !CONTROL.test(text);
export const isLines = (text) => !CONTROL_IN_LINES.test(text);
export const isBlank = (text) => BLANK.test(text);
export const isUserId = (text) =>
  text !== undefined && /^[A-Za-z0-9._:-]{1,128}$/.test(text);

/** NFC, lower case of the root locale, NFC; toLowerCase() knows the final sigma and no locale. */
export const folded = (text, trimmed = (t) => t) =>
  trimmed(text.normalize('NFC')).toLowerCase().normalize('NFC');

/** The normalised value of an e-mail address or a username. */
export function userKey(kind, written) {
  return refusingAs('invalid-argument', () => {
    must(written.length >= 1 && written.length <= 320, `${written.length} characters`);
    must(isOneLine(written), 'a control character');
    must(!isBlank(written), 'blank');
    const value = folded(written, (text) => text.replace(AT_THE_ENDS, ''));
    if (kind === 'email') {
      const at = value.lastIndexOf('@');
      must(at > 0 && at < value.length - 1, 'no address');
    }
    return value;
  });
}
