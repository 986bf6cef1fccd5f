package io.ezypass.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialFilterTest {
  private static final CredentialMeta PLAIN = meta(List.of("Work", "code"), false);

  @Test
  void everythingPassesWithoutACondition() {
    assertThat(CredentialFilter.everything().matches(PLAIN)).isTrue();
    assertThat(CredentialFilter.everything().matches(meta(List.of(), true))).isTrue();
  }

  @Test
  void everyTagIsNeeded() {
    assertThat(CredentialFilter.tagged("work").andTag("code").matches(PLAIN)).isTrue();
    assertThat(CredentialFilter.tagged("work").andTag("home").matches(PLAIN)).isFalse();
    assertThat(CredentialFilter.tagged("work").matches(meta(List.of(), true))).isFalse();
  }

  @Test
  void everyConditionIsNeeded() {
    CredentialFilter filter =
        CredentialFilter.favourites().andTag("work").andWebsiteKind(Website.Kind.HOST);

    assertThat(filter.matches(meta(List.of("work"), true))).isTrue();
    assertThat(filter.matches(meta(List.of("work"), false))).isFalse();
    assertThat(filter.matches(meta(List.of("home"), true))).isFalse();
    assertThat(filter.andWebsiteKind(Website.Kind.APP).matches(meta(List.of("work"), true)))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "work, WORK, true",
    "work, ' work ', true",
    "a b, 'a\u00a0 \u3000b', true",
    "caf\u00e9, CAFE\u0301, true",
    "\u03c3\u03bf\u03c6\u03cc\u03c2, \u03a3\u039f\u03a6\u038c\u03a3, true",
    "cafe, caf\u00e9, false",
    "work, works, false",
    "work, wor, false",
    "a b, ab, false",
    "stra\u00dfe, strasse, false",
    "1, \uff11, false"
  })
  void tagsAreComparedFolded(String stored, String asked, boolean passes) {
    assertThat(CredentialFilter.tagged(asked).matches(meta(List.of("x", stored), false)))
        .isEqualTo(passes);
    assertThat(CredentialFilter.tagged(stored).matches(meta(List.of("x", asked), false)))
        .isEqualTo(passes);
  }

  @Test
  void filtersThatAskForTheSameAreEqual() {
    assertThat(CredentialFilter.tagged("b").andTag(" A ").andTag("B"))
        .isEqualTo(CredentialFilter.tagged("a").andTag("b"))
        .hasSameHashCodeAs(CredentialFilter.tagged("a").andTag("b"));
    assertThat(CredentialFilter.tagged("a"))
        .isNotEqualTo(CredentialFilter.tagged("a").andFavourite())
        .isNotEqualTo(CredentialFilter.tagged("b"))
        .isNotEqualTo(CredentialFilter.everything())
        .isNotEqualTo(CredentialFilter.tagged("a").andWebsiteKind(Website.Kind.HOST));
  }

  private static CredentialMeta meta(List<String> tags, boolean favourite) {
    return CredentialContent.builder()
        .website("example.com")
        .tags(tags)
        .favourite(favourite)
        .build()
        .meta();
  }
}
