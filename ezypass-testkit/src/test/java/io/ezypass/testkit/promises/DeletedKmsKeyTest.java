package io.ezypass.testkit.promises;

import static io.ezypass.testkit.promises.Scene.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.EzyPass;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.NewUser;
import io.ezypass.model.TrashPolicy;
import io.ezypass.model.UserDeletion;
import io.ezypass.model.VaultPolicies;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is left to be done without the KMS key: nothing can be read, all can be deleted. */
class DeletedKmsKeyTest {
  @ParameterizedTest
  @EnumSource(Api.class)
  void aDeletedKmsKeyClosesTheVaultForGoodButWhatIsInItCanStillBeDeletedForGood(Api api) {
    try (Scene scene = new Scene(api);
        EzyPass withoutTrash =
            scene.local.open(
                b -> b.policies(VaultPolicies.defaults().withTrash(TrashPolicy.off())))) {
      Credential trashed = scene.vault().add(Scene.content("github.com", "trashed"));
      scene.vault().delete(trashed.id(), 1);
      scene.local.kms().deleteNow(scene.local.kmsKey());
      scene.local.ezypass().evictAll();

      KmsStatesTest.refused("open", () -> scene.vault().open(), KmsAnswer.NOT_FOUND);
      NewUser carol = NewUser.withUsername("carol");
      KmsStatesTest.refused("register", () -> scene.vaults.register(carol), KmsAnswer.NOT_FOUND);
      // What goes to the trash is sealed anew.
      CredentialId id = scene.credential.id();
      KmsStatesTest.refused("delete", () -> scene.vault().delete(id, 1), KmsAnswer.NOT_FOUND);
      scene.vault().trash().purge(trashed.id(), 2);
      api.of(withoutTrash).vault(ALICE).delete(id, 1);
      assertThat(scene.local.inspector().partition("U#alice")).hasSize(2);
      assertThat(scene.vaults.deleteUser(ALICE).state()).isEqualTo(UserDeletion.State.PENDING);
    }
  }
}
