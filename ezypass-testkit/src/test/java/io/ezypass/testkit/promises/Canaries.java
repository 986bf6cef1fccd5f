package io.ezypass.testkit.promises;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Unique words to put where users write, and to look for where nothing of that may be. All begin
 * with the same letters, so that one search finds any of them, as text, in hex or in base64.
 */
final class Canaries {
  private static final String MARK = "kanarienvogel";

  private final Random random;
  private final List<String> words = new ArrayList<>();

  Canaries(long seed) {
    this.random = new Random(seed);
  }

  /** A new word, lower case, so that no normalisation changes it. */
  String next() {
    StringBuilder word = new StringBuilder(MARK);
    for (int i = 0; i < 8; i++) {
      word.append((char) ('a' + random.nextInt(26)));
    }
    words.add(word.append(words.size()).toString());
    return words.get(words.size() - 1);
  }

  /** All words so far. */
  List<String> words() {
    return List.copyOf(words);
  }

  /** Whether a text shows any of them. */
  static boolean isIn(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.contains(MARK)
        || lower.contains(HexFormat.of().formatHex(MARK.getBytes(StandardCharsets.US_ASCII)))
        || base64().stream().anyMatch(text::contains);
  }

  /** Whether bytes show any of them. */
  static boolean isIn(byte[] bytes) {
    return isIn(new String(bytes, StandardCharsets.ISO_8859_1));
  }

  /** Whether a request shows any of them, in whatever field and however deep. */
  static boolean isIn(SdkPojo request) {
    return isIn(request.toString())
        || request.sdkFields().stream()
            .anyMatch(field -> isInValue(field.getValueOrDefault(request)));
  }

  /** Whether a failure shows any of them: messages, causes, what was suppressed, stack trace. */
  static boolean isIn(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    return isIn(trace.toString());
  }

  private static boolean isInValue(Object value) {
    if (value instanceof SdkPojo nested) {
      return isIn(nested);
    }
    if (value instanceof SdkBytes bytes) {
      return isIn(bytes.asByteArray());
    }
    if (value instanceof Collection<?> many) {
      return many.stream().anyMatch(Canaries::isInValue);
    }
    return value instanceof Map<?, ?> map
        ? isInValue(map.keySet()) || isInValue(map.values())
        : value != null && isIn(value.toString());
  }

  /** The characters that the mark gives at each of the three alignments. */
  private static List<String> base64() {
    List<String> forms = new ArrayList<>();
    for (int shift = 0; shift < 3; shift++) {
      String text = "\0".repeat(shift) + MARK + "\0\0\0";
      String encoded = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
      forms.add(encoded.substring((8 * shift + 5) / 6, 8 * (shift + MARK.length()) / 6));
    }
    return forms;
  }
}
