package io.ezypass.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomFieldTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com/a?b=c#d",
        "HTTP://EXAMPLE.COM",
        "otpauth://totp/x",
        "com.example.app:/oauth",
        "mailto:tahir@example.com",
        "steam:1",
        "https://example.com/with space",
        "https://例え.テスト/",
        "x-1+y.z:\u2028"
      })
  void aLinkIsAnAbsoluteUriOfAnyScheme(String uri) {
    assertThat(CustomField.ofLink("n", uri).value()).isEqualTo(uri);
  }

  @Test
  void onlyABooleanIsTrue() {
    assertThat(CustomField.ofBoolean("n", true).isTrue()).isTrue();
    assertThat(CustomField.ofBoolean("n", false).isTrue()).isFalse();
    assertThat(CustomField.ofText("n", "true").isTrue()).isFalse();
  }

  @Test
  void fieldsOfDifferentKindsDiffer() {
    assertThat(CustomField.ofText("n", "true")).isNotEqualTo(CustomField.ofBoolean("n", true));
    assertThat(CustomField.ofText("n", "a:b")).isNotEqualTo(CustomField.ofLink("n", "a:b"));
  }
}
