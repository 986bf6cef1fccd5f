package io.ezypass.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.Vault;
import io.ezypass.error.LimitExceededException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CustomField;
import io.ezypass.model.CustomField.Kind;
import io.ezypass.model.Secret;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Custom fields of every kind arrive in their order, and no field takes more than its limit. */
abstract class CustomFieldsContract extends ContentContract {
  @Test
  void customFieldsOfEveryKindArriveInOrder() {
    Vault vault = newVault();
    CredentialContent content =
        Given.site("github.com")
            .linkField("docs", "https://docs.github.com/en")
            .field("plan", "team")
            .booleanField("two factors", true)
            .hiddenField("recovery", Secret.of("12345"))
            .field("plan", "true")
            .booleanField("shared", false)
            .linkField("app", "com.example.app:/open")
            .build();

    Credential read = vault.get(vault.add(content).id());

    assertThat(read.content()).isEqualTo(content);
    assertThat(read.content().meta().fields())
        .extracting(CustomField::kind)
        .containsExactly(Kind.LINK, Kind.TEXT, Kind.BOOLEAN, Kind.TEXT, Kind.BOOLEAN, Kind.LINK);
    assertThat(vault.open().get(0).meta().fields()).isEqualTo(content.meta().fields());
  }

  @Test
  void kindsOfCustomFieldsComeAndGo() {
    Vault vault = newVault();
    CredentialContent text = Given.site("github.com").field("a", "true").build();
    CredentialContent kinds = Given.site("github.com").booleanField("a", true).build();
    Credential stored = vault.add(text);

    vault.update(stored.id(), 1, kinds);
    assertThat(vault.get(stored.id()).content()).isEqualTo(kinds).isNotEqualTo(text);

    vault.update(stored.id(), 2, text);
    assertThat(vault.get(stored.id()).content()).isEqualTo(text);
  }

  @Test
  void theMostCustomFieldsArrive() {
    Vault vault = newVault();
    CredentialContent.Builder content = Given.site("github.com");
    for (int i = 0; i < 64; i++) {
      content
          .booleanField("boolean " + i, i % 2 == 0)
          .linkField("link " + i, "https://example.com/" + "p".repeat(1_000))
          .hiddenField("hidden " + i, Secret.of("" + i));
    }
    CredentialContent most = content.build();

    assertThat(vault.get(vault.add(most).id()).content()).isEqualTo(most);
  }

  @Test
  void whatIsTooLongIsRefusedByNameAndNothingIsStored() {
    Vault vault = newVault();
    Credential stored = vault.add(Given.login("github.com", "tahir"));

    refuses("tag", vault, stored, content -> content.tags(List.of("t".repeat(300))));
    refuses("tags", vault, stored, content -> content.tags(numbered(1_000)));
    refuses("urls", vault, stored, content -> content.urls(numbered(1_000)));
    refuses(
        "custom fields",
        vault,
        stored,
        content -> numbered(1_000).forEach(name -> content.field(name, "")));
    refuses(
        "custom fields",
        vault,
        stored,
        content -> numbered(1_000).forEach(name -> content.booleanField(name, true)));
    refuses(
        "hidden fields",
        vault,
        stored,
        content -> numbered(1_000).forEach(name -> content.hiddenField(name, Secret.of(""))));
    refuses("secret", vault, stored, content -> content.notes(Secret.of("n".repeat(400 * 1_024))));
    refuses("custom field", vault, stored, content -> content.linkField("a", "no link"));

    assertThat(vault.credentials()).containsExactly(stored);
  }

  @Test
  void shownCustomFieldsThatAreTooLargeTogetherAreRefused() {
    Vault vault = newVault();
    CredentialContent.Builder large = Given.site("github.com");
    numbered(50).forEach(name -> large.field(name, "v".repeat(10_000)));

    assertThatThrownBy(() -> vault.add(large.build())).isInstanceOf(LimitExceededException.class);

    assertThat(vault.open()).isEmpty();
  }

  private static void refuses(
      String field, Vault vault, Credential stored, Consumer<CredentialContent.Builder> change) {
    assertThatThrownBy(
            () ->
                vault.edit(
                    stored.id(),
                    seen -> {
                      CredentialContent.Builder changed = seen.toBuilder();
                      change.accept(changed);
                      return changed.build();
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(field);
  }

  private static List<String> numbered(int count) {
    return IntStream.range(0, count).mapToObj(i -> "n" + i).toList();
  }
}
