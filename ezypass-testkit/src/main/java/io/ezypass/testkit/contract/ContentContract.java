package io.ezypass.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ezypass.Vault;
import io.ezypass.error.LimitExceededException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.Secret;
import io.ezypass.model.Website;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every field arrives as it was written, and secrets belong to whoever holds them. */
abstract class ContentContract extends CredentialsContract {
  @Test
  void everyFieldArrives() {
    assertArrives(Given.everything(clock().instant()));
  }

  @Test
  void aWebsiteAloneIsEnough() {
    Credential read = assertArrives(Given.site("github.com").build());

    assertThat(read.content().login()).isNull();
    assertThat(read.content().title()).isNull();
    assertThat(read.content().meta().description()).isNull();
    assertThat(read.content().meta().urls()).isEmpty();
    assertThat(read.content().meta().tags()).isEmpty();
    assertThat(read.content().meta().fields()).isEmpty();
    assertThat(read.content().meta().favourite()).isFalse();
    assertThat(read.content().meta().rotateBy()).isNull();
    assertThat(read.content().meta().expiresAt()).isNull();
    assertThat(read.content().password()).isNull();
    assertThat(read.content().notes()).isNull();
    assertThat(read.content().secrets().totp()).isNull();
    assertThat(read.content().secrets().hiddenFields()).isEmpty();
  }

  @Test
  void anEmptyTextIsNone() {
    CredentialContent emptied =
        Given.site("github.com")
            .login("")
            .title("")
            .description("")
            .password(Secret.of(""))
            .notes(Secret.of(""))
            .totp(Secret.of(""))
            .build();

    assertThat(assertArrives(emptied).content()).isEqualTo(Given.site("github.com").build());
  }

  @Test
  void emptyCustomFieldsStay() {
    Credential read =
        assertArrives(
            Given.site("github.com")
                .field("shown", "")
                .hiddenField("hidden", Secret.of(""))
                .build());

    assertThat(read.content().meta().fields().get(0).value()).isEmpty();
    assertThat(read.content().secrets().hiddenFields().get(0).value().length()).isZero();
  }

  @Test
  void unicodeArrivesUnchanged() {
    assertArrives(
        CredentialContent.builder()
            .website(Website.named(Given.UNICODE))
            .login(Given.UNICODE)
            .title(Given.UNICODE)
            .urls(List.of(Given.UNICODE))
            .description(Given.UNICODE)
            .tags(List.of(Given.UNICODE))
            .field(Given.UNICODE, Given.UNICODE)
            .password(Secret.of(Given.UNICODE))
            .notes(Secret.of(Given.UNICODE))
            .totp(Secret.of(Given.UNICODE))
            .hiddenField(Given.UNICODE, Secret.of(Given.UNICODE))
            .build());
  }

  @Test
  void composedAndDecomposedTextsStayApart() {
    Credential read =
        assertArrives(Given.site("github.com").login("jos\u00e9").title("jose\u0301").build());

    assertThat(read.content().login()).isNotEqualTo(read.content().title());
  }

  @Test
  void lineBreaksArrive() {
    String text = "\nunix\n\nwindows\r\nmac\rtab\t\n";

    assertArrives(
        Given.site("github.com")
            .description(text)
            .field("address", text)
            .notes(Secret.of(text))
            .hiddenField("key", Secret.of(text))
            .build());
  }

  @Test
  void aPasswordMayHoldEveryCharacter() {
    String latin =
        IntStream.range(0, 256).mapToObj(Character::toString).collect(Collectors.joining());

    assertArrives(
        Given.site("github.com")
            .password(Secret.of(latin + "\ud7ff\ue000\ufeff\ufffe\uffff\udbff\udfff"))
            .build());
  }

  @Test
  void spacesArrive() {
    assertArrives(
        Given.site("github.com").login("  a  ").title(" ").password(Secret.of(" ")).build());
  }

  @Test
  void listsKeepOrderAndDuplicates() {
    assertArrives(
        Given.site("github.com")
            .urls(List.of("b", "a", "b"))
            .tags(List.of("z", "y", "z"))
            .field("same", "2")
            .field("same", "1")
            .hiddenField("same", Secret.of("2"))
            .hiddenField("same", Secret.of("1"))
            .build());
  }

  @Test
  void secretsOfEveryLengthArrive() {
    CredentialContent.Builder content = Given.site("github.com");
    for (int length = 0; length < 128; length++) {
      content.hiddenField("length " + length, Secret.of("x".repeat(length)));
    }

    assertArrives(content.build());
  }

  @Test
  void theLongestFieldsArrive() {
    CredentialContent.Builder content =
        Given.site("https://example.com/" + "p".repeat(Website.MAX_CHARS - 20))
            .login("l".repeat(1_024))
            .title("t".repeat(1_024))
            .description("d".repeat(10_000))
            .urls(IntStream.range(0, 64).mapToObj(i -> i + "u".repeat(1_000)).toList())
            .tags(IntStream.range(0, 64).mapToObj(i -> i + "t".repeat(120)).toList())
            .password(Secret.of("s".repeat(Secret.MAX_CHARS)));
    for (int i = 0; i < 128; i++) {
      content.field("n".repeat(256), "v".repeat(500));
    }

    assertArrives(content.build());
  }

  @Test
  void datesArrive() {
    assertArrives(
        Given.site("github.com")
            .rotateBy(LocalDate.of(1970, 1, 1))
            .expiresAt(Instant.parse("9999-12-31T23:59:59Z"))
            .build());
    assertArrives(Given.site("github.com").rotateBy(LocalDate.of(9999, 12, 31)).build());
    assertArrives(Given.site("github.com").rotateBy(LocalDate.of(1900, 2, 28)).build());
  }

  @Test
  void aListShowsAllButTheSecrets() {
    Vault vault = newVault();
    CredentialContent content = Given.everything(clock().instant());
    Credential added = vault.add(content);

    CredentialSummary summary = vault.open().get(0);

    assertThat(summary).isEqualTo(added.summary());
    assertThat(summary.meta()).isEqualTo(content.meta());
  }

  @Test
  void theCallersSecretsAreCopied() {
    Vault vault = newVault();
    CredentialContent content = Given.everything(clock().instant());
    CredentialContent other = Given.everything(clock().instant());
    CredentialContent expected = Given.everything(clock().instant());

    CredentialId id = vault.add(content).id();
    content.secrets().close();
    assertThat(vault.get(id).content()).isEqualTo(expected);

    vault.update(id, 1, other);
    assertThat(other).isEqualTo(expected);
    other.secrets().close();
    assertThat(vault.get(id).content()).isEqualTo(expected);
  }

  @Test
  void closingWhatWasReturnedWipesThatOnly() {
    Vault vault = newVault();
    CredentialContent content = Given.everything(clock().instant());
    Credential added = vault.add(content);
    Credential read = vault.get(added.id());
    Credential streamed = vault.credentials().toList().get(0);

    added.close();
    read.close();
    streamed.close();

    assertThrows(IllegalStateException.class, () -> Given.text(read.content().password()));
    assertThat(content).isEqualTo(Given.everything(clock().instant()));
    assertThat(vault.get(added.id()).content()).isEqualTo(content);
    assertThat(vault.credentials().toList().get(0).content()).isEqualTo(content);
  }

  @Test
  void aWipedSecretIsNotStored() {
    Vault vault = newVault();
    Credential stored = vault.add(Given.login("github.com", "tahir"));
    CredentialContent wiped = Given.login("github.com", "tahir");
    wiped.secrets().close();

    assertThrows(IllegalStateException.class, () -> vault.add(wiped));
    assertThrows(IllegalStateException.class, () -> vault.update(stored.id(), 1, wiped));

    assertThat(vault.credentials()).containsExactly(stored);
  }

  @Test
  void aLargeCredentialArrives() {
    assertArrives(large(3));
  }

  @Test
  void aCredentialThatIsTooLargeIsRefused() {
    Vault vault = newVault();
    Credential stored = vault.add(Given.login("github.com", "tahir"));

    assertThrows(LimitExceededException.class, () -> vault.add(large(5)));
    assertThrows(LimitExceededException.class, () -> vault.update(stored.id(), 1, large(5)));
    assertThrows(LimitExceededException.class, () -> vault.edit(stored.id(), seen -> large(5)));

    assertThat(vault.credentials()).containsExactly(stored);
  }

  private Credential assertArrives(CredentialContent content) {
    Vault vault = newVault();
    Credential added = vault.add(content);
    Credential read = vault.get(added.id());
    assertThat(added.content()).isEqualTo(content);
    assertThat(read).isEqualTo(added);
    assertThat(vault.open()).containsExactly(added.summary());
    assertThat(vault.credentials()).containsExactly(added);
    return read;
  }

  private static CredentialContent large(int hundredKilobytes) {
    CredentialContent.Builder content = Given.site("github.com");
    for (int i = 0; i < hundredKilobytes; i++) {
      content.hiddenField("part " + i, Secret.of("x".repeat(Secret.MAX_CHARS)));
    }
    return content.build();
  }
}
