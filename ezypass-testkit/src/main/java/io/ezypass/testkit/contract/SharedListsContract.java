package io.ezypass.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.error.InvalidPageTokenException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Grant;
import io.ezypass.model.NewGrant;
import io.ezypass.model.NewUser;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.PageToken;
import io.ezypass.model.SharedCredential;
import io.ezypass.model.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What is shared and received is listed in order and in pages. */
abstract class SharedListsContract extends SharingEndsContract {
  static final Comparator<UserId> BY_TEXT = Comparator.comparing(UserId::value);

  /** As texts, not as words: case and length matter. */
  private static final List<UserId> IN_ORDER =
      List.of("-", "Bob", "a", "a-b", "a.b", "a:b", "aa", "b", "b_").stream()
          .map(UserId::of)
          .toList();

  @Test
  void grantsComeInTheOrderOfTheirRecipients() {
    Vault owner = newVault();
    CredentialId id = owner.add(Given.login("github.com", "tahir")).id();
    for (int i = 0; i < IN_ORDER.size(); i++) {
      UserId recipient = IN_ORDER.get((i * 4 + 5) % IN_ORDER.size());
      vaults().register(NewUser.withId(recipient));
      owner.sharing().share(id, NewGrant.to(recipient));
    }

    assertThat(owner.sharing().grants(id))
        .extracting(Grant::recipient)
        .containsExactlyElementsOf(IN_ORDER);
    assertPages(owner.sharing()::given, owner.sharing().grants(id));
  }

  @Test
  void whatIsGivenComesByCredentialAndRecipient() {
    Vault owner = newVault();
    List<Vault> recipients = Threads.each(5, i -> newVault());
    List<Grant> expected = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      CredentialId id = owner.add(Given.login("site-" + i % 2 + ".example", "login")).id();
      for (Vault recipient : recipients.subList(i % 2, 5 - i / 2)) {
        expected.add(owner.sharing().share(id, NewGrant.to(recipient.owner())));
      }
    }
    owner.add(Given.login("github.com", "kept"));
    expected.sort(
        Comparator.comparing((Grant grant) -> grant.credential().value())
            .thenComparing(Grant::recipient, BY_TEXT));

    assertPages(owner.sharing()::given, expected);
    for (Grant grant : expected) {
      assertThat(owner.sharing().grants(grant.credential())).contains(grant);
    }
  }

  @Test
  void whatIsReceivedComesByOwnerAndCredential() {
    Vault recipient = newVault();
    NewGrant grant = NewGrant.to(recipient.owner());
    List<SharedCredential> expected = new ArrayList<>();
    for (int i = 0; i < IN_ORDER.size(); i++) {
      UserId id = IN_ORDER.get((i * 4 + 5) % IN_ORDER.size());
      Vault owner = vaults().vault(vaults().register(NewUser.withId(id)).id());
      for (int own = 0; own <= i % 3; own++) {
        Credential added = owner.add(Given.login("github.com", "login " + own));
        Grant made = owner.sharing().share(added.id(), grant);
        expected.add(new SharedCredential(id, added.id(), made.grantedAt(), null));
      }
      owner.add(Given.login("github.com", "kept"));
    }
    expected.sort(
        Comparator.comparing(SharedCredential::owner, BY_TEXT)
            .thenComparing(shared -> shared.id().value()));

    assertPages(recipient.sharing()::received, expected);
  }

  @Test
  void pagesLeaveOutWhatHasEnded() {
    Vault owner = newVault();
    List<Vault> recipients = Threads.each(3, i -> newVault());
    Instant end = clock().instant().plusSeconds(60);
    List<CredentialId> stay = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      boolean ends = i % 3 == 1;
      CredentialId id =
          owner.add(Given.site("github.com").expiresAt(ends ? end : null).build()).id();
      if (i % 3 == 2) {
        stay.add(id);
      }
      for (Vault recipient : recipients) {
        NewGrant grant = NewGrant.to(recipient.owner());
        owner.sharing().share(id, i % 3 == 0 ? grant.until(end) : grant);
      }
    }
    assertThat(given(owner)).hasSize(27);

    moveClockTo(end);

    for (int limit : new int[] {1, 4, 1_000}) {
      assertThat(Given.allPages(owner.sharing()::given, limit))
          .hasSize(9)
          .allMatch(grant -> stay.contains(grant.credential()));
      assertThat(Given.allPages(recipients.get(1).sharing()::received, limit))
          .extracting(SharedCredential::id)
          .containsExactlyInAnyOrderElementsOf(stay);
    }
  }

  @Test
  void aTokenGoesOnBehindWhatWasRevokedMeanwhile() {
    Vault owner = newVault();
    Vault recipient = newVault();
    sharing(owner, recipient, 6);
    List<Grant> all = given(owner);
    PageToken ofGiven = Given.tokenAfter(owner.sharing()::given, 2);
    PageToken ofReceived = Given.tokenAfter(recipient.sharing()::received, 2);

    for (Grant gone : all.subList(1, 3)) {
      owner.sharing().revoke(gone.credential(), gone.recipient());
    }

    assertThat(Given.pagesAfter(ofGiven, owner.sharing()::given, 2)).isEqualTo(all.subList(3, 6));
    assertThat(Given.pagesAfter(ofReceived, recipient.sharing()::received, 100))
        .extracting(SharedCredential::id)
        .containsExactlyElementsOf(all.subList(3, 6).stream().map(Grant::credential).toList());
  }

  @Test
  void aTokenOfWhatIsSharedIsGoodForItsOwnListOnly() {
    Vault one = newVault();
    Vault two = newVault();
    sharing(one, two, 3);
    sharing(two, one, 3);
    one.delete(one.add(Given.login("github.com", "a")).id(), 1);
    one.delete(one.add(Given.login("github.com", "b")).id(), 1);
    PageToken given = Given.tokenAfter(one.sharing()::given, 1);
    PageToken received = Given.tokenAfter(one.sharing()::received, 1);

    assertRefused(given, one.sharing()::received, two.sharing()::given, two.sharing()::received);
    assertRefused(received, one.sharing()::given, two.sharing()::received, two.sharing()::given);
    for (PageToken token : List.of(given, received)) {
      assertRefused(token, one::list, one.trash()::list, vaults()::listUsers);
    }
    for (PageToken token :
        List.of(
            Given.tokenAfter(one::list, 1),
            Given.tokenAfter(one.trash()::list, 1),
            Given.tokenAfter(vaults()::listUsers, 1),
            PageTokensContract.edited(given.value(), 5),
            PageTokensContract.edited(received.value(), 5),
            PageToken.of("nonsense"))) {
      assertRefused(token, one.sharing()::given, one.sharing()::received);
    }
    assertThat(Given.pagesAfter(given, one.sharing()::given, 1)).hasSize(2);
    assertThat(Given.pagesAfter(received, one.sharing()::received, 1)).hasSize(2);
  }

  @Test
  void aTokenOfWhatIsSharedIsGoodInItsOwnTableOnly() {
    Vault one = newVault();
    Vault two = newVault();
    sharing(one, two, 3);
    VaultRepository other = anotherTarget().repository();
    other.register(NewUser.withId(one.owner()));
    other.register(NewUser.withId(two.owner()));

    assertRefused(
        Given.tokenAfter(one.sharing()::given, 1), other.vault(one.owner()).sharing()::given);
    assertRefused(
        Given.tokenAfter(two.sharing()::received, 1), other.vault(two.owner()).sharing()::received);
  }

  @Test
  void aTokenOfWhatIsSharedIsGoodForADay() {
    Vault one = newVault();
    Vault two = newVault();
    sharing(one, two, 3);
    PageToken given = Given.tokenAfter(one.sharing()::given, 1);
    PageToken received = Given.tokenAfter(two.sharing()::received, 1);

    clock().advance(Duration.ofDays(1).minusMinutes(1));
    assertThat(Given.pagesAfter(given, one.sharing()::given, 5)).hasSize(2);
    assertThat(Given.pagesAfter(received, two.sharing()::received, 5)).hasSize(2);

    clock().advance(Duration.ofMinutes(2));
    assertRefused(given, one.sharing()::given);
    assertRefused(received, two.sharing()::received);
  }

  @Test
  void aTokenOfWhatIsSharedDiesWithItsUser() {
    Vault one = newVault();
    Vault two = newVault();
    sharing(one, two, 3);
    sharing(two, one, 3);
    PageToken given = Given.tokenAfter(one.sharing()::given, 1);
    PageToken received = Given.tokenAfter(one.sharing()::received, 1);

    moveClockTo(vaults().deleteUser(one.owner()).finalFrom());
    vaults().deleteUser(one.owner());
    vaults().register(NewUser.withId(one.owner()));

    assertRefused(given, one.sharing()::given);
    assertRefused(received, one.sharing()::received);
  }

  /** Shares as many new credentials. */
  private static void sharing(Vault owner, Vault recipient, int count) {
    for (int i = 0; i < count; i++) {
      CredentialId id = owner.add(Given.login("github.com", "login " + i)).id();
      owner.sharing().share(id, NewGrant.to(recipient.owner()));
    }
  }

  private static <T> void assertPages(Function<PageRequest, Page<T>> list, List<T> expected) {
    for (int limit : new int[] {1, 4, expected.size(), 1_000}) {
      assertThat(Given.allPages(list, limit)).as("by %d", limit).isEqualTo(expected);
    }
  }

  @SafeVarargs
  private static void assertRefused(
      PageToken token, Function<PageRequest, ? extends Page<?>>... lists) {
    for (Function<PageRequest, ? extends Page<?>> list : lists) {
      assertThrows(InvalidPageTokenException.class, () -> list.apply(PageRequest.after(token, 1)));
    }
  }
}
