package io.ezypass.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ezypass.error.InvalidPageTokenException;
import io.ezypass.model.NewUser;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.PageToken;
import io.ezypass.model.UserId;
import io.ezypass.model.UserProfile;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The list of all users. */
abstract class DirectoryContract extends ProfilesContract {
  @Test
  void anEmptyTableListsNobody() {
    assertThat(Given.allPages(vaults()::listUsers, 10)).isEmpty();
  }

  @Test
  void everyUserIsListedOnce() {
    List<UserId> registered = registerUsers(64);

    assertThat(Given.allPages(vaults()::listUsers, 7))
        .containsExactlyInAnyOrderElementsOf(registered);
    assertThat(Given.allPages(vaults()::listUsers, 1_000))
        .containsExactlyInAnyOrderElementsOf(registered);
  }

  @Test
  void usersAreListedOneByOne() {
    List<UserId> registered = registerUsers(5);

    assertThat(Given.allPages(vaults()::listUsers, 1))
        .containsExactlyInAnyOrderElementsOf(registered);
  }

  @Test
  void anUpdatedUserIsListedOnce() {
    UserId id = vaults().register(NewUser.withUsername("old")).id();
    vaults().updateUser(id, 1, new UserProfile("new", "new@example.com", null));

    assertThat(Given.allPages(vaults()::listUsers, 10)).containsExactly(id);
  }

  @Test
  void aDeletedUserIsNotListed() {
    List<UserId> registered = registerUsers(8);
    vaults().deleteUser(registered.get(3));

    assertThat(Given.allPages(vaults()::listUsers, 3))
        .containsExactlyInAnyOrderElementsOf(
            registered.stream().filter(id -> !id.equals(registered.get(3))).toList());
  }

  @Test
  void theListOfUsersGoesOnWhileOthersComeAndGo() {
    List<UserId> registered = registerUsers(12);
    Page<UserId> first = vaults().listUsers(PageRequest.first(4));
    List<UserId> seen = first.items();
    seen.stream().skip(1).forEach(vaults()::deleteUser);
    vaults().register(NewUser.withUsername("late"));

    List<UserId> rest = Given.pagesAfter(Given.next(first), vaults()::listUsers, 4);

    assertThat(rest).doesNotHaveDuplicates().doesNotContainAnyElementsOf(seen);
    assertThat(rest).containsAll(registered.stream().filter(id -> !seen.contains(id)).toList());
  }

  @Test
  void aTokenOfTheUsersThatIsNoneIsRefused() {
    registerUsers(12);
    String token = Given.tokenAfter(vaults()::listUsers, 3).value();

    assertRefused(PageToken.of("nonsense"));
    assertRefused(PageToken.of(token.substring(0, token.length() - 4)));
    assertRefused(PageTokensContract.edited(token, token.length() / 2));
  }

  @Test
  void aTokenOfTheUsersIsGoodForADay() {
    registerUsers(12);
    PageToken token = Given.tokenAfter(vaults()::listUsers, 3);
    List<UserId> rest = Given.pagesAfter(token, vaults()::listUsers, 3);

    clock().advance(Duration.ofDays(1).minusMinutes(1));
    assertThat(Given.pagesAfter(token, vaults()::listUsers, 3)).isEqualTo(rest);

    clock().advance(Duration.ofMinutes(2));
    assertRefused(token);
  }

  @Test
  void aTokenOfTheUsersIsRefusedByAnotherTable() {
    registerUsers(12);
    PageToken token = Given.tokenAfter(vaults()::listUsers, 3);
    ContractTarget other = anotherTarget();

    assertThrows(
        InvalidPageTokenException.class,
        () -> other.repository().listUsers(PageRequest.after(token, 3)));
  }

  private void assertRefused(PageToken token) {
    assertThrows(
        InvalidPageTokenException.class, () -> vaults().listUsers(PageRequest.after(token, 3)));
  }

  private List<UserId> registerUsers(int count) {
    return Threads.each(count, i -> vaults().register(NewUser.withId(UserId.of("user-" + i))).id());
  }
}
