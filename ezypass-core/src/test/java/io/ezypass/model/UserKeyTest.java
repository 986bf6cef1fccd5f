package io.ezypass.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.model.UserKey.Kind;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserKeyTest {
  @ParameterizedTest
  @CsvSource({
    "tahir@example.com, tahir@example.com",
    "Tahir@Example.COM, tahir@example.com",
    "'  tahir@example.com ', tahir@example.com",
    "tahir+vault@example.com, tahir+vault@example.com",
    "\"a@b\"@example.com, \"a@b\"@example.com",
    "JU\u0308RGEN@example.com, jürgen@example.com",
    "İ@example.com, i\u0307@example.com",
    "STRASSE@example.com, strasse@example.com",
    "a@b, a@b",
  })
  void emailsAreComposedTrimmedAndInLowerCase(String written, String value) {
    UserKey key = UserKey.email(written);

    assertThat(key.kind()).isEqualTo(Kind.EMAIL);
    assertThat(key.value()).isEqualTo(value);
    assertThat(key.written()).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({"Tahir, tahir", "' Tahir ', tahir", "Straße, straße", "a b, a b", "x@y, x@y"})
  void usernamesToo(String written, String value) {
    UserKey key = UserKey.username(written);

    assertThat(key.kind()).isEqualTo(Kind.USERNAME);
    assertThat(key.value()).isEqualTo(value);
    assertThat(key.written()).isEqualTo(written);
  }

  @Test
  void theDefaultLocaleHasNoSay() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(new Locale("tr"));
      assertThat(UserKey.email("ADMIN@EXAMPLE.COM").value()).isEqualTo("admin@example.com");
      assertThat(Website.named("INTRANET").value()).isEqualTo("intranet");
      assertThat(Website.of("INTRANET").value()).isEqualTo("intranet");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void equalKeysAreOfOneKindAndValue() {
    UserKey key = UserKey.email("tahir@example.com");

    assertThat(key)
        .isEqualTo(UserKey.email(" TAHIR@example.com"))
        .hasSameHashCodeAs(UserKey.email(" TAHIR@example.com"))
        .isNotEqualTo(UserKey.username("tahir@example.com"))
        .isNotEqualTo(UserKey.email("tahir@example.org"))
        .isNotEqualTo("tahir@example.com");
  }

  @Test
  void normalisingTheValueAgainChangesNothing() {
    UserKey key = UserKey.email(" JU\u0308RGEN.İ@Example.com ");

    assertThat(UserKey.email(key.value())).isEqualTo(key);
  }

  @Test
  void theLongestKeyMayGrowByNormalisation() {
    String written = "\ufb2c".repeat(UserKey.MAX_CHARS);

    assertThat(UserKey.username(written).value()).hasSize(3 * UserKey.MAX_CHARS);
  }
}
