package io.ezypass.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ezypass.AsyncDueCredentials;
import io.ezypass.AsyncVault;
import io.ezypass.AsyncVaultAudit;
import io.ezypass.AsyncVaultBatch;
import io.ezypass.AsyncVaultHistory;
import io.ezypass.AsyncVaultRepository;
import io.ezypass.AsyncVaultSharing;
import io.ezypass.AsyncVaultTrash;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.health.HealthOptions;
import io.ezypass.model.Actor;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialFilter;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.NewGrant;
import io.ezypass.model.NewUser;
import io.ezypass.model.PageRequest;
import io.ezypass.model.SearchQuery;
import io.ezypass.model.UserId;
import io.ezypass.model.UserProfile;
import io.ezypass.model.Website;
import io.ezypass.model.WebsiteMatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.SdkPublisher;

/**
 * Every promise of {@link AsyncVaultRepository} and {@link AsyncVault} as a test: those of the
 * blocking twins, checked through {@link BlockingVaultRepository}, and those on futures and
 * publishers.
 */
public abstract class AsyncVaultRepositoryContract extends VaultRepositoryContract {
  /** For subclasses. */
  protected AsyncVaultRepositoryContract() {}

  @Override
  protected abstract AsyncContractTarget newTarget();

  @Test
  void asyncNullsAreRefusedAtOnce() {
    NullArguments.assertRefused(AsyncVaultRepository.class, async());
    NullArguments.assertRefused(AsyncDueCredentials.class, async().due());
    AsyncVault vault = newAsyncVault();
    NullArguments.assertRefused(AsyncVault.class, vault);
    NullArguments.assertRefused(AsyncVaultHistory.class, vault.history());
    NullArguments.assertRefused(AsyncVaultTrash.class, vault.trash());
    NullArguments.assertRefused(AsyncVaultSharing.class, vault.sharing());
    NullArguments.assertRefused(AsyncVaultAudit.class, vault.audit());
    NullArguments.assertRefused(AsyncVaultBatch.class, vault.batch());
  }

  @Test
  void asyncFailuresCompleteTheFuture() {
    UserId unknown = UserId.of("unknown");
    AsyncVault vault = async().vault(unknown);
    Map<String, Supplier<CompletableFuture<?>>> calls = new LinkedHashMap<>();
    calls.put(
        "updateUser", () -> async().updateUser(unknown, 1, new UserProfile(null, null, null)));
    calls.put("deleteUser", () -> async().deleteUser(unknown));
    calls.put("add", () -> vault.add(Given.login("github.com", "tahir")));
    calls.put("get", () -> vault.get(Given.UNKNOWN_ID));
    calls.put(
        "update", () -> vault.update(Given.UNKNOWN_ID, 1, Given.login("github.com", "tahir")));
    calls.put("edit", () -> vault.edit(Given.UNKNOWN_ID, seen -> seen));
    calls.put("delete", () -> vault.delete(Given.UNKNOWN_ID, 1));
    calls.put("revisions", () -> vault.history().list(Given.UNKNOWN_ID));
    calls.put("revision", () -> vault.history().get(Given.UNKNOWN_ID, 1));
    calls.put("compare", () -> vault.history().compare(Given.UNKNOWN_ID, 1, 2));
    calls.put("revert", () -> vault.history().revert(Given.UNKNOWN_ID, 2, 1));
    calls.put("trash", () -> vault.trash().list(PageRequest.first(10)));
    calls.put("restore", () -> vault.trash().restore(Given.UNKNOWN_ID, 1));
    calls.put("empty", () -> vault.trash().empty());
    calls.put(
        "share", () -> vault.sharing().share(Given.UNKNOWN_ID, NewGrant.to(UserId.of("ada"))));
    calls.put("grants", () -> vault.sharing().grants(Given.UNKNOWN_ID));
    calls.put("given", () -> vault.sharing().given(PageRequest.first(10)));
    calls.put("received", () -> vault.sharing().received(PageRequest.first(10)));
    calls.put("shared", () -> vault.sharing().open(UserId.of("ada"), Given.UNKNOWN_ID));
    calls.put("open", vault::open);
    calls.put("list", () -> vault.list(PageRequest.first(10)));
    calls.put("filter", () -> vault.filter(CredentialFilter.favourites(), PageRequest.first(10)));
    calls.put("search", () -> vault.search(SearchQuery.of("tahir")));
    calls.put(
        "findByWebsite", () -> vault.findByWebsite(Website.of("github.com"), WebsiteMatch.EXACT));
    calls.put("health", () -> vault.health(HealthOptions.reuse()));

    SoftAssertions all = new SoftAssertions();
    calls.forEach(
        (name, call) ->
            all.assertThat(failure(call.get()))
                .as("what the future of %s failed with", name)
                .isInstanceOf(UserNotFoundException.class));
    all.assertAll();
  }

  @Test
  void asyncFailuresEndThePublisher() {
    AsyncVault vault = async().vault(UserId.of("unknown"));

    OneByOne<CredentialSummary> summaries = new OneByOne<>();
    OneByOne<Credential> credentials = new OneByOne<>();

    vault.summaries().subscribe(summaries);
    vault.credentials().subscribe(credentials);

    assertThrows(UserNotFoundException.class, () -> Await.value(summaries.all));
    assertThrows(UserNotFoundException.class, () -> Await.value(credentials.all));
  }

  @Test
  void asyncPublishersReadWhenTheyAreSubscribedTo() {
    AsyncVault vault = newAsyncVault();
    SdkPublisher<CredentialSummary> summaries = vault.summaries();
    SdkPublisher<Credential> credentials = vault.credentials();

    Credential added = Await.value(vault.add(Given.login("github.com", "tahir")));

    assertThat(Await.items(summaries)).containsExactly(added.summary());
    assertThat(Await.items(credentials)).containsExactly(added);
  }

  @Test
  void asyncPublishersSendNoMoreThanWasAskedFor() {
    AsyncVault vault = newAsyncVault();
    List<CredentialSummary> added =
        Threads.each(
            20, i -> Await.value(vault.add(Given.login("github.com", "login " + i))).summary());
    OneByOne<CredentialSummary> subscriber = new OneByOne<>();

    vault.summaries().subscribe(subscriber);

    assertThat(Await.value(subscriber.all)).containsExactlyInAnyOrderElementsOf(added);
  }

  @Test
  void asyncPublishersMayBeLeftEarly() {
    AsyncVault vault = newAsyncVault();
    Threads.each(20, i -> Await.value(vault.add(Given.login("github.com", "login " + i))));

    assertThat(Await.items(vault.summaries().limit(3))).hasSize(3);
    assertThat(Await.items(vault.credentials().limit(1))).hasSize(1);
    assertThat(Await.value(vault.open())).hasSize(20);
  }

  @Test
  void asyncViewsAreOfOneTable() {
    AsyncVault vault = newAsyncVault();
    AsyncVault bySupport = async().as(Actor.of("support")).vault(vault.owner());

    Credential added = Await.value(bySupport.add(Given.login("github.com", "tahir")));

    assertThat(bySupport.owner()).isEqualTo(vault.owner());
    assertThat(added.audit().createdBy()).isEqualTo(Actor.of("support"));
    assertThat(Await.value(vault.get(added.id()))).isEqualTo(added);
  }

  @Test
  void asyncCallsMayBeChained() {
    CompletableFuture<List<Credential>> read =
        async()
            .register(NewUser.withUsername("tahir"))
            .thenApply(user -> async().vault(user.id()))
            .thenCompose(
                vault ->
                    vault
                        .add(Given.login("old.example", "tahir"))
                        .thenCompose(c -> vault.update(c.id(), 1, Given.login("new.example", "t")))
                        .thenCompose(c -> vault.edit(c.id(), seen -> seen))
                        .thenCompose(c -> vault.get(c.id()).thenApply(got -> List.of(c, got))));

    List<Credential> credentials = Await.value(read);
    assertThat(credentials.get(0)).isEqualTo(credentials.get(1));
    assertThat(credentials.get(0).version()).isEqualTo(3);
  }

  private AsyncVaultRepository async() {
    if (target() instanceof AsyncContractTarget asyncTarget) {
      return asyncTarget.asyncRepository();
    }
    throw new IllegalStateException("newTarget() made another kind of target");
  }

  private AsyncVault newAsyncVault() {
    return async().vault(Await.value(async().register(NewUser.withId(UserId.random()))).id());
  }

  /** What a stage that depends on the future sees: the failure itself, in no wrapper. */
  private static Throwable failure(CompletionStage<?> future) {
    return Await.value(
        future
            .<Throwable>handle(
                (value, failure) -> failure == null ? new AssertionError("succeeded") : failure)
            .toCompletableFuture());
  }

  /** Asks for the next item when it has got one, and fails on any that it did not ask for. */
  private static final class OneByOne<T> implements Subscriber<T> {
    private static final Subscription NONE =
        new Subscription() {
          @Override
          public void request(long n) {
            throw new IllegalStateException("there is no subscription yet");
          }

          @Override
          public void cancel() {}
        };

    private final CompletableFuture<List<T>> all = new CompletableFuture<>();
    private final List<T> items = new ArrayList<>();
    private Subscription subscription = NONE;
    private int asked;

    @Override
    public void onSubscribe(Subscription s) {
      subscription = s;
      askForOne();
    }

    @Override
    public void onNext(T item) {
      items.add(item);
      if (items.size() > asked) {
        all.completeExceptionally(new AssertionError("an item that nobody asked for"));
      }
      askForOne();
    }

    @Override
    public void onError(Throwable failure) {
      all.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      all.complete(items);
    }

    private void askForOne() {
      asked++;
      subscription.request(1);
    }
  }
}
