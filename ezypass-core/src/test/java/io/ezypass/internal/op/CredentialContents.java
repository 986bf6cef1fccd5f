package io.ezypass.internal.op;

import io.ezypass.model.CredentialContent;
import io.ezypass.model.Secret;
import io.ezypass.model.Website;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

/** What a credential can hold: each field alone, all of them, and how long they get. */
final class CredentialContents {
  private final Vectors vectors;

  private CredentialContents(Vectors vectors) {
    this.vectors = vectors;
  }

  /** Makes vectors of contents. */
  interface Vectors {
    void opens(String id, String description, CredentialContent content);
  }

  static void add(Vectors vectors) {
    CredentialContents contents = new CredentialContents(vectors);
    contents.all();
    contents.singleFields();
    contents.text();
    contents.websites();
    contents.sizes();
  }

  static CredentialContent.Builder builder() {
    return CredentialContent.builder().website("example.com");
  }

  private void all() {
    opens("minimal", "a website and nothing else", CredentialVectors.minimal());
    opens(
        "password",
        "one secret",
        CredentialContent.builder()
            .website("example.com")
            .password(Secret.of("correct horse battery staple"))
            .build());
    opens("full", "every field", full());
  }

  private void singleFields() {
    opens("login", "only a login name", builder().login("tahir").build());
    opens("title", "only a title", builder().title("Bank").build());
    opens(
        "urls",
        "a list keeps its order and its doubles",
        builder()
            .urls(List.of("https://b.example", "https://a.example", "https://b.example"))
            .build());
    opens(
        "description",
        "tab, line feed and carriage return",
        builder().description("a\tb\nc\r\nd").build());
    opens("tags", "two tags", builder().tags(List.of("work", "code")).build());
    opens(
        "fields",
        "shown custom fields, one with an empty value, one name twice",
        builder().field("plan", "team").field("empty", "").field("plan", "a\nb").build());
    opens("favourite", "a field that is present and empty", builder().favourite(true).build());
    opens("rotate-by", "a date", builder().rotateBy(LocalDate.of(2027, 2, 28)).build());
    opens(
        "rotate-by-before-the-epoch",
        "a negative number of days",
        builder().rotateBy(LocalDate.of(1969, 12, 31)).build());
    opens(
        "expiry",
        "the item's ttl is the sealed expiry",
        builder().expiresAt(CredentialVectors.CREATED.plusSeconds(3_600)).build());
    opens(
        "expiry-latest",
        "the latest expiry there is",
        builder().expiresAt(Instant.parse("9999-12-31T23:59:59Z")).build());
    opens("notes", "notes of two lines", builder().notes(Secret.of("one\ntwo")).build());
    opens(
        "totp", "an otpauth URI", builder().totp(Secret.of("otpauth://totp/x?secret=ABC")).build());
    opens(
        "hidden-fields",
        "hidden custom fields, one with an empty value",
        builder().hiddenField("pin", Secret.of("1234")).hiddenField("puk", Secret.of("")).build());
    opens(
        "secret-control-characters",
        "a secret may have any character",
        builder().password(Secret.of("\u0000\u0001\u007f\n")).build());
  }

  private void text() {
    opens(
        "unicode",
        "two, three and four bytes of UTF-8",
        builder()
            .login("\u00fc \u20ac \ud83d\ude00")
            .password(Secret.of("\ud83d\udc34\u00e9"))
            .build());
    opens(
        "not-normalised",
        "text is kept as written: a combining mark stays one",
        builder().title("e\u0301").build());
    opens(
        "byte-order-mark",
        "U+FEFF at the beginning is a character like others",
        builder().title("\ufeffx").password(Secret.of("\ufeffy")).build());
    opens(
        "last-code-point",
        "U+10FFFF, U+FFFF and U+E000",
        builder().title("\udbff\udfff\uffff\ue000").build());
    opens("white-space", "white space at the ends is kept", builder().login("  tahir ").build());
  }

  private void websites() {
    opens(
        "website-written",
        "a written form beside the value",
        CredentialContent.builder().website("https://www.GitHub.com/login").build());
    opens(
        "website-app",
        "an app",
        CredentialContent.builder().website("android://Zm9v@com.example.app").build());
    opens("website-name", "a name", CredentialContent.builder().website("My Bank").build());
    opens(
        "website-host-as-name",
        "a name that looks like a host",
        CredentialContent.builder().website(Website.named("example.com")).build());
    opens(
        "website-idn",
        "a host in Punycode",
        CredentialContent.builder().website("m\u00fcnchen.de").build());
    opens(
        "website-ipv6", "an address", CredentialContent.builder().website("[2001:db8::1]").build());
  }

  private void sizes() {
    // Two bytes of number and length: with 29 characters of password, the padding is one byte.
    for (int length : new int[] {1, 26, 27, 28, 29, 30, 31, 32}) {
      opens(
          "padding-" + length,
          "a secret part of " + (length + 2) + " bytes before padding",
          builder().password(Secret.of("x".repeat(length))).build());
    }
    opens("varint-127", "a length of one byte of varint", builder().login("x".repeat(127)).build());
    opens(
        "varint-128", "a length of two bytes of varint", builder().login("x".repeat(128)).build());
    opens(
        "varint-16384",
        "a length of three bytes of varint",
        builder().password(Secret.of("x".repeat(16_384))).build());
    opens("login-longest", "1,024 UTF-16 units", builder().login("\u20ac".repeat(1_024)).build());
    opens(
        "tag-longest",
        "128 UTF-16 units, that is 64 characters of two",
        builder().tags(List.of("\ud83d\ude00".repeat(64))).build());
    opens(
        "lists-longest",
        "64 URLs and 64 tags",
        builder().urls(numbered(64)).tags(numbered(64)).build());
    CredentialContent.Builder fields = builder();
    numbered(128).forEach(name -> fields.field(name, ""));
    opens("fields-most", "128 shown custom fields", fields.build());
  }

  private static List<String> numbered(int count) {
    return IntStream.range(0, count).mapToObj(i -> "n" + i).toList();
  }

  private void opens(String id, String description, CredentialContent content) {
    vectors.opens(id, description, content);
  }

  private static CredentialContent full() {
    return CredentialContent.builder()
        .website("https://www.GitHub.com/login")
        .login("tahir")
        .title("Git \u00fc \ud83d\ude00")
        .urls(List.of("https://github.com/login", "https://github.com"))
        .description("two\nlines")
        .tags(List.of("work", "code"))
        .field("plan", "team")
        .field("empty", "")
        .hiddenField("pin", Secret.of("1234"))
        .hiddenField("puk", Secret.of(""))
        .favourite(true)
        .rotateBy(LocalDate.of(2027, 1, 31))
        .expiresAt(CredentialVectors.CREATED.plusSeconds(60))
        .password(Secret.of("correct horse \ud83d\udc34"))
        .notes(Secret.of("a note\nof two lines"))
        .totp(Secret.of("otpauth://totp/x?secret=ABC"))
        .build();
  }
}
