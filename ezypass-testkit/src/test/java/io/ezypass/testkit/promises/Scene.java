package io.ezypass.testkit.promises;

import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.model.AuditPolicy;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.NewUser;
import io.ezypass.model.RevisionPolicy;
import io.ezypass.model.Secret;
import io.ezypass.model.TrashPolicy;
import io.ezypass.model.UserId;
import io.ezypass.model.VaultPolicies;
import io.ezypass.model.VaultUser;
import io.ezypass.testkit.EzyPassLocal;
import io.ezypass.testkit.dynamodb.DynamoDbLocal;
import java.util.function.UnaryOperator;

/**
 * A table with one user, alice, and one credential of hers; a repository whose requests meet the
 * faults of {@link #local}, and another process whose requests meet none.
 */
final class Scene implements AutoCloseable {
  static final UserId ALICE = UserId.of("alice");

  /** Nothing is kept of what is changed or deleted: such writes are of one item then. */
  static final VaultPolicies KEEP_NOTHING =
      new VaultPolicies(RevisionPolicy.off(), TrashPolicy.off(), AuditPolicy.off());

  final EzyPassLocal local;
  final EzyPass otherProcess;

  /** The repository under test, with warm keys. */
  final VaultRepository vaults;

  /** What another process does and sees; never meets a fault. */
  final VaultRepository others;

  final VaultUser alice;
  final Credential credential;

  Scene(Api api) {
    this(api, builder -> builder);
  }

  /** With another configuration of the library under test. */
  Scene(Api api, UnaryOperator<EzyPass.Builder> config) {
    local = EzyPassLocal.start(config);
    otherProcess =
        local.open(
            b ->
                b.clients(DynamoDbLocal.shared().client(), local.kms().client())
                    .asyncClients(DynamoDbLocal.shared().asyncClient(), local.kms().asyncClient()));
    vaults = api.of(local.ezypass());
    others = otherProcess.repository();
    alice = vaults.register(NewUser.withId(ALICE).email("alice@example.com").username("alice"));
    credential = vault().add(content("github.com", "first"));
    others.findUser(ALICE);
    local.resetCounts();
  }

  Vault vault() {
    return vaults.vault(ALICE);
  }

  Vault othersVault() {
    return others.vault(ALICE);
  }

  static CredentialContent content(String website, String login) {
    return CredentialContent.builder()
        .website(website)
        .login(login)
        .password(Secret.of("correct horse"))
        .build();
  }

  /** A content with another password and login. */
  static CredentialContent with(CredentialContent content, String password, String login) {
    return content.toBuilder().password(Secret.of(password)).login(login).build();
  }

  @Override
  public void close() {
    otherProcess.close();
    local.close();
  }
}
