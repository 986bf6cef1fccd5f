package io.ezypass.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SearchWordsTest {
  static List<Arguments> words() {
    return List.of(
        Arguments.of("", List.of()),
        Arguments.of(" -._/ \n", List.of()),
        Arguments.of("GitHub", List.of("github")),
        Arguments.of("my-bank.example.com", List.of("my", "bank", "example", "com")),
        Arguments.of("a b a", List.of("a", "b")),
        Arguments.of("web2 3d", List.of("web2", "3d")),
        Arguments.of("user@example.com", List.of("user", "example", "com")),
        Arguments.of("snake_case", List.of("snake", "case")),
        // Accents, composed and not, and letters that only look like accented ones.
        Arguments.of("Zürich Zu\u0308rich", List.of("zurich")),
        Arguments.of("CAFÉ", List.of("cafe")),
        Arguments.of("Łódź Ørsted", List.of("lodz", "orsted")),
        Arguments.of("Æsop Œuvre Þór", List.of("aesop", "oeuvre", "thor")),
        Arguments.of("Việt", List.of("viet")),
        Arguments.of("Ёлка Йод", List.of("елка", "иод")),
        // Case that is more than one letter for another.
        Arguments.of("Straße STRASSE STRAẞE", List.of("strasse")),
        Arguments.of("İstanbul ISTANBUL ıstanbul istanbul", List.of("istanbul")),
        Arguments.of("ΟΔΟΣ οδος οδός", List.of("οδοσ")),
        Arguments.of("ﬁle ＦＩＬＥ", List.of("file")),
        Arguments.of("ǅ", List.of("dz")),
        // Marks of other scripts.
        Arguments.of("שָׁלוֹם שלום", List.of("שלום")),
        Arguments.of("مُحَمَّد محمد", List.of("محمد")),
        Arguments.of("हिन्दी", List.of("हिन्दी")),
        Arguments.of("ไทย ที่", List.of("ไทย", "ที่")),
        // Chinese and Japanese.
        Arguments.of("東京銀行", List.of("東", "京", "銀", "行")),
        Arguments.of("大Bank銀", List.of("大", "bank", "銀")),
        Arguments.of("がぎ かき", List.of("か\u3099き\u3099", "かき")),
        Arguments.of("ｶﾞ", List.of("カ\u3099")),
        Arguments.of("𠮷野", List.of("𠮷", "野")),
        // Above the basic plane, and what is no letter.
        Arguments.of("𝔘𝕟𝕚 𐐀", List.of("uni", "𐐨")),
        Arguments.of("a🍕b 👨‍👩‍👧", List.of("a", "b")),
        Arguments.of("ex\u00adam\u200bple", List.of("example")));
  }

  @ParameterizedTest
  @MethodSource("words")
  void cutsAndFolds(String text, List<String> words) {
    assertThat(SearchWords.of(text)).containsExactlyElementsOf(words);
  }

  @Test
  void hangulMatchesByWhatIsTypedSoFar() {
    String whole = SearchWords.of("한국").iterator().next();

    assertThat(whole).startsWith(SearchWords.of("하").iterator().next());
    assertThat(whole).startsWith(SearchWords.of("한").iterator().next());
    assertThat(whole).isNotEqualTo(SearchWords.of("한").iterator().next());
  }

  /** Every code point, alone and in pairs: nothing throws, and folding twice changes nothing. */
  @Test
  void foldsEveryCodePointOnce() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      String text = Character.toString(c);
      String folded = SearchWords.fold(text);
      assertThat(SearchWords.fold(folded)).as("U+%04X", c).isEqualTo(folded);
      assertThat(SearchWords.of(folded)).as("U+%04X", c).isEqualTo(SearchWords.of(text));
    }
  }

  @Test
  void foldsRandomTextOnce() {
    long seed = Long.getLong("ezypass.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      int[] codePoints = random.ints(random.nextInt(8), 0, Character.MAX_CODE_POINT + 1).toArray();
      String text = new String(codePoints, 0, codePoints.length);
      String folded = SearchWords.fold(text);
      assertThat(SearchWords.fold(folded)).as("-Dezypass.seed=%d", seed).isEqualTo(folded);
    }
  }
}
