package io.ezypass.model;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Cuts text into the words that searching compares: runs of letters and digits, folded so that
 * accents, case and width do not count. An ideograph is a word of its own, since Chinese and
 * Japanese put no space between words. Not part of the stored format.
 */
final class SearchWords {
  /** Letters that readers take for plain ones with an accent, and Unicode does not. */
  private static final String STROKED = "đħłøŧæœðþ";

  private static final String[] PLAIN = {"d", "h", "l", "o", "t", "ae", "oe", "d", "th"};

  /** The marks of が and ぱ, which make another letter rather than an accent. */
  private static final int VOICED = 0x3099;

  private static final int SEMI_VOICED = 0x309a;

  private SearchWords() {}

  /** The words of a text, each once, in order. */
  static Set<String> of(String text) {
    Set<String> words = new LinkedHashSet<>();
    StringBuilder word = new StringBuilder();
    fold(text)
        .codePoints()
        .forEach(
            c -> {
              boolean alone = Character.isIdeographic(c);
              boolean inside = Character.isLetterOrDigit(c) || isMark(c);
              if ((alone || !inside) && !word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
              }
              if (alone) {
                words.add(Character.toString(c));
              } else if (inside) {
                word.appendCodePoint(c);
              }
            });
    if (!word.isEmpty()) {
      words.add(word.toString());
    }
    return words;
  }

  /** Compatibility decomposition, no accents, no soft hyphens and joiners, full case folding. */
  static String fold(String text) {
    if (text.chars().allMatch(c -> c < 0x80)) {
      return text.toLowerCase(Locale.ROOT);
    }
    StringBuilder bare = new StringBuilder(text.length());
    Normalizer.normalize(text, Normalizer.Form.NFKD)
        .codePoints()
        .filter(c -> !isAccent(c) && Character.getType(c) != Character.FORMAT)
        .forEach(bare::appendCodePoint);
    // By way of upper case ß becomes ss and ı becomes i; ẞ has to become ß first.
    String folded =
        bare.toString()
            .toLowerCase(Locale.ROOT)
            .toUpperCase(Locale.ROOT)
            .toLowerCase(Locale.ROOT)
            .replace('ς', 'σ');
    StringBuilder plain = new StringBuilder(folded.length());
    for (int i = 0; i < folded.length(); i++) {
      int stroked = STROKED.indexOf(folded.charAt(i));
      if (stroked < 0) {
        plain.append(folded.charAt(i));
      } else {
        plain.append(PLAIN[stroked]);
      }
    }
    return plain.toString();
  }

  /**
   * A mark that goes: an accent that stands on letters of any script, a Hebrew point, an Arabic
   * vowel sign. The vowel signs of Indic scripts and Thai are no accents, and stay.
   */
  private static boolean isAccent(int c) {
    if (Character.getType(c) != Character.NON_SPACING_MARK || c == VOICED || c == SEMI_VOICED) {
      return false;
    }
    return switch (Character.UnicodeScript.of(c)) {
      case INHERITED, HEBREW, ARABIC -> true;
      default -> false;
    };
  }

  private static boolean isMark(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      default -> false;
    };
  }
}
