package io.ezypass.internal.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.error.UserNotFoundException;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.Actor;
import io.ezypass.model.Audit;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialFilter;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.PageToken;
import io.ezypass.model.SearchHit;
import io.ezypass.model.SearchQuery;
import io.ezypass.model.Website;
import io.ezypass.model.WebsiteMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * DynamoDB may answer a Query with no item and a LastEvaluatedKey, and then it is not the last page
 * (Amazon DynamoDB Developer Guide, "Paginating table query results").
 */
class EmptyPagesTest {
  private static final String PARTITION = ItemKey.partition(Fixtures.USER);
  private static final CredentialFilter WORK = CredentialFilter.tagged("work");

  private final Environment env = Fixtures.environment();
  private final KeyAccess access = new KeyAccess(env, new Table(env, null));
  private final UserKeys keys = Fixtures.userKeys();
  private final Script script = new Script().cached(keys);
  private final ReadVault vault = new ReadVault(env, access);

  @Test
  void openingGoesOnBehindEmptyPages() {
    Item github = credential("github.com", "work");
    // Descending: KEYS is on the first page that shows anything.
    answer("PROFILE");
    answer("L");
    answer(key("z"), keysItem());
    answer(key("y"));
    answer(github.key().sk(), github);
    answer(key("a"));
    answer(null);

    assertThat(script.run(vault.all(Fixtures.USER))).hasSize(1);
    assertThat(startKeys())
        .containsExactly(null, "PROFILE", "L", key("z"), key("y"), github.key().sk(), key("a"));
  }

  @Test
  void aUserIsMissedOnlyWhenThePlaceOfTheKeysWasRead() {
    answer("PROFILE");
    answer(key("z"));

    assertThatThrownBy(() -> script.run(vault.all(Fixtures.USER)))
        .isInstanceOf(UserNotFoundException.class);
    assertThat(script.isUsedUp()).isTrue();
  }

  @Test
  void streamsGetAnEmptyPartAndWhereItGoesOn() {
    answer(key("y"));

    ReadVault.Part<CredentialSummary> part = script.run(vault.summaries(Fixtures.USER, key("z")));

    assertThat(part.items()).isEmpty();
    assertThat(part.next()).isEqualTo(key("y"));
  }

  @Test
  void searchingGoesOnBehindEmptyPages() {
    answer(key("y"), keysItem());
    answer(key("x"));
    answer(null, credential("github.com", "work"));

    List<SearchHit> hits =
        script.run(new SearchVault(vault).plan(Fixtures.USER, SearchQuery.of("work")));

    assertThat(hits).hasSize(1);
    assertThat(script.isUsedUp()).isTrue();
  }

  @Test
  void findingByWebsiteGoesOnBehindEmptyPages() {
    Item github = credential("github.com", "work");
    answer(key("a"));
    answer(github.key().sk(), github);
    answer(null);

    assertThat(
            script.run(
                new FindByWebsite(env, access)
                    .plan(Fixtures.USER, Website.of("github.com"), WebsiteMatch.EXACT)))
        .hasSize(1);
  }

  @Test
  void aListedPageThatIsEmptyHasATokenThatGoesOn() {
    answer(key("b"));
    Page<CredentialSummary> empty = list(null);
    assertThat(empty.items()).isEmpty();

    answer(null, credential("github.com", "work"));
    assertThat(list(empty.next()).items()).hasSize(1);
    assertThat(startKeys()).containsExactly(null, key("b"));
  }

  @Test
  void aFilteredPageFillsBehindEmptyPages() {
    Item github = credential("github.com", "work");
    answer(key("a"));
    answer(key("b"), credential("gitlab.com", "home"));
    answer(key("c"));
    answer(null, github);

    Page<CredentialSummary> page = filter(1, null);

    assertThat(page.items()).extracting(CredentialSummary::website).hasSize(1);
    assertThat(page.isLast()).isTrue();
    assertThat(startKeys()).containsExactly(null, key("a"), key("b"), key("c"));
  }

  @Test
  void aFilteredPageThatStaysEmptyEndsAfterEightQueriesWithATokenThatGoesOn() {
    for (int i = 1; i <= FilterCredentials.MAX_QUERIES; i++) {
      answer(key("page" + i));
    }
    Page<CredentialSummary> empty = filter(10, null);
    assertThat(empty.items()).isEmpty();
    assertThat(script.isUsedUp()).isTrue();

    answer(null, credential("github.com", "work"));
    Page<CredentialSummary> last = filter(10, empty.next());
    assertThat(last.items()).hasSize(1);
    assertThat(last.isLast()).isTrue();
    assertThat(startKeys()).endsWith(key("page" + FilterCredentials.MAX_QUERIES));
  }

  @Test
  void aFullFilteredPageGoesOnBehindItsLastItemAndNotBehindWhatWasRead() {
    List<Item> rows =
        List.of(
            credential("a.example", "work"),
            credential("b.example", "home"),
            credential("c.example", "work"),
            credential("d.example", "work"),
            credential("e.example", "home"));
    answer(key("z"), rows.toArray(Item[]::new));
    Page<CredentialSummary> first = filter(2, null);
    assertThat(first.items()).hasSize(2);

    answer(null);
    filter(2, first.next());
    assertThat(startKeys()).containsExactly(null, rows.get(2).key().sk());

    // The same if nothing more passes on this page of the Query, which is not the last.
    answer(key("z"), rows.subList(0, 3).toArray(Item[]::new));
    answer(null);
    filter(2, filter(2, null).next());
    assertThat(startKeys()).endsWith(null, rows.get(2).key().sk());
  }

  @Test
  void aFullFilteredPageIsTheLastIfNothingMorePasses() {
    answer(null, credential("a.example", "work"), credential("b.example", "home"));

    assertThat(filter(1, null).isLast()).isTrue();
  }

  private Page<CredentialSummary> list(@Nullable PageToken after) {
    return script.run(
        new ListCredentials(env, access).plan(Fixtures.USER, new PageRequest(10, after)));
  }

  private Page<CredentialSummary> filter(int limit, @Nullable PageToken after) {
    return script.run(
        new FilterCredentials(env, access)
            .plan(Fixtures.USER, WORK, new PageRequest(limit, after)));
  }

  private void answer(@Nullable String lastSortKey, Item... items) {
    QueryResponse.Builder response =
        QueryResponse.builder()
            .items(
                List.of(items).stream()
                    .map(item -> VectorJson.attributes(VectorJson.item(item)))
                    .toList());
    if (lastSortKey != null) {
      response.lastEvaluatedKey(
          Map.of(
              ItemKey.PK, AttributeValue.fromS(PARTITION),
              ItemKey.SK, AttributeValue.fromS(lastSortKey)));
    }
    script.answer(response.build());
  }

  /** Where each Query started. */
  private List<@Nullable String> startKeys() {
    List<@Nullable String> starts = new ArrayList<>();
    for (Object request : script.requests()) {
      AttributeValue start = ((QueryRequest) request).exclusiveStartKey().get(ItemKey.SK);
      starts.add(start == null ? null : start.s());
    }
    return starts;
  }

  private Item credential(String website, String tag) {
    CredentialContent content =
        CredentialContent.builder().website(website).tags(List.of(tag)).build();
    Audit audit = Audit.created(Fixtures.NOW, Actor.of("tester"));
    CredentialSealer sealer = new CredentialSealer(env);
    CredentialId id = sealer.newId(keys, content, audit);
    return sealer.seal(keys, id, CredentialSealer.Next.first(content, audit), DueRow.NONE).item();
  }

  private static Item keysItem() {
    return Item.at(ItemKey.keys(Fixtures.USER));
  }

  /** Where no credential is. */
  private static String key(String rest) {
    return ItemKey.CREDENTIAL_PREFIX + rest;
  }
}
