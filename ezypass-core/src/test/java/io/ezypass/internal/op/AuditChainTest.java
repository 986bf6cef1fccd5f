package io.ezypass.internal.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.error.TamperedItemException;
import io.ezypass.internal.format.v1.AuditEventCodec;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.Actor;
import io.ezypass.model.AuditedChange;
import io.ezypass.model.AuditedChange.Action;
import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which trails are believed, by their rows alone. */
class AuditChainTest {
  private static final CredentialId ID = CredentialId.of("AbCdEfGhIjKlMnOpQrStUvWxYz_-");
  private static final Instant NOW = Fixtures.NOW;
  private static final @Nullable Long NEVER = null;

  private final Environment env = Fixtures.environment();
  private final UserKeys keys = Fixtures.userKeys();

  /** From the first to the newest. */
  private final List<Item> trail = new ArrayList<>();

  @Test
  void aWholeTrailIsShownNewestFirst() {
    written(NEVER, NEVER, NEVER);

    assertThat(read()).containsExactly(3L, 2L, 1L);
  }

  @Test
  void whatIsRemovedInTheMiddleIsMissed() {
    written(NEVER, NEVER, NEVER, NEVER);
    trail.remove(1);
    refused();
  }

  @Test
  void whatIsRemovedAtTheOldEndIsMissed() {
    written(NEVER, NEVER, NEVER);
    trail.remove(0);
    refused();
    trail.remove(0);
    refused();
  }

  @Test
  void whatIsRemovedAtTheNewEndIsNot() {
    written(NEVER, NEVER, NEVER);
    trail.remove(2);

    assertThat(read()).containsExactly(2L, 1L);
  }

  @Test
  void anotherEventInThePlaceOfOneIsRefused() {
    written(NEVER, NEVER, NEVER);
    AuditEventRow old = open(trail.get(1));
    trail.set(
        1,
        AuditEventRow.seal(
            env,
            keys,
            NOW,
            2,
            new AuditEventCodec.Decoded(
                old.content().at(),
                Actor.of("somebody else"),
                old.content().changes(),
                null,
                old.content().ahead(),
                null)));
    refused();
  }

  @Test
  void eventsInEachOthersPlacesAreRefused() {
    written(NEVER, NEVER, NEVER);
    Item second = moved(trail.get(1), trail.get(2).key());
    Item third = moved(trail.get(2), trail.get(1).key());
    trail.set(1, third);
    trail.set(2, second);
    refused();
  }

  @Test
  void anEventInAnotherMonthIsRefused() {
    written(NEVER, NEVER);
    ItemKey month = ItemKey.audit(Fixtures.USER, NOW.plus(Duration.ofDays(60)), 2);
    trail.set(1, moved(trail.get(1), month));
    refused();
  }

  @Test
  void anEventIsInTheMonthOfTheOneAhead() {
    add(NOW, NEVER);
    add(NOW.plus(Duration.ofDays(70)), NEVER);
    add(NOW.plus(Duration.ofDays(140)), NEVER);
    assertThat(trail.stream().map(row -> row.key().sk().substring(0, "AUDIT#yyyy-mm".length())))
        .containsExactly("AUDIT#0000-01", "AUDIT#2023-11", "AUDIT#2024-01");
    assertThat(read()).containsExactly(3L, 2L, 1L);

    Item third = trail.get(2);
    trail.set(2, moved(third, ItemKey.audit(Fixtures.USER, NOW.plus(Duration.ofDays(110)), 3)));
    refused();
    trail.set(2, third);
    trail.set(0, moved(trail.get(0), ItemKey.audit(Fixtures.USER, NOW, 1)));
    refused();
  }

  @Test
  void anEventTwiceIsRefused() {
    written(NEVER, NEVER);
    trail.add(1, trail.get(1));
    refused();
  }

  @Test
  void anEventOfAnotherUserIsRefused() {
    written(NEVER);
    Item row = trail.get(0);
    ItemKey elsewhere = new ItemKey(ItemKey.partition(UserId.of("other")), row.key().sk());
    trail.set(0, moved(row, elsewhere));
    refused();
  }

  @Test
  void theNumberInTheClearCounts() {
    written(NEVER, NEVER);
    trail.set(1, Item.copyOf(trail.get(1)).number(Item.VERSION, 3));
    refused();
  }

  @Test
  void timeDoesNotGoBack() {
    add(NOW, NEVER);
    add(NOW.minusMillis(1), NEVER);
    refused();
  }

  @Test
  void theFirstHasNothingAhead() {
    written(NEVER, NEVER);
    trail.remove(0);
    AuditEventRow second = open(trail.get(0));
    trail.set(
        0,
        AuditEventRow.seal(
            env,
            keys,
            NOW,
            2,
            new AuditEventCodec.Decoded(
                NOW, second.content().actor(), second.content().changes(), null, null, null)));
    refused();
  }

  @Test
  void whatHasEndedIsNotShownAndEndsTheTrail() {
    written(NEVER, ended(), NEVER, NEVER);

    assertThat(read()).containsExactly(4L, 3L);
  }

  @Test
  void whatHasEndedMayBeGoneWithEverythingAheadOfIt() {
    written(NEVER, ended(), NEVER, NEVER);
    trail.remove(1);
    assertThat(read()).containsExactly(4L, 3L);

    trail.remove(0);
    assertThat(read()).containsExactly(4L, 3L);
  }

  @Test
  void aRetentionThatWasShortenedEndsTheTrailWhereItBegan() {
    written(inAnHour(), ended(), ended(), NEVER);
    trail.remove(1);

    assertThat(read()).containsExactly(4L);
  }

  @Test
  void whatHasNotEndedYetIsMissed() {
    written(NEVER, inAnHour(), NEVER);
    trail.remove(1);
    refused();
  }

  @Test
  void anEndInTheClearIsNotBelieved() {
    written(NEVER, NEVER, NEVER);
    trail.set(1, Item.copyOf(trail.get(1)).number(Item.TTL, ended()));
    assertThat(read()).containsExactly(3L, 2L, 1L);

    trail.remove(1);
    refused();
  }

  @Test
  void theTrailGoesOnBehindATokenOnlyWithWhatHasToComeNext() {
    written(NEVER, NEVER, NEVER);
    AuditChain first = chain();
    first.take(open(trail.get(2)));

    AuditChain next = new AuditChain(Fixtures.USER, NOW, first.link(), trail.get(2).key().sk());
    next.take(open(trail.get(1)));
    assertThatThrownBy(
            () ->
                new AuditChain(Fixtures.USER, NOW, first.link(), trail.get(2).key().sk())
                    .take(open(trail.get(0))))
        .isInstanceOf(TamperedItemException.class);
    assertThatThrownBy(
            () ->
                new AuditChain(Fixtures.USER, NOW, first.link(), trail.get(2).key().sk())
                    .end(trail.get(2).key()))
        .isInstanceOf(TamperedItemException.class);
  }

  @Test
  void monthsAreOrderedWhateverTheClockSays() {
    assertThat(ItemKey.auditMonth(Instant.MIN)).isEqualTo("AUDIT#0000-01");
    assertThat(ItemKey.auditMonth(NOW)).isEqualTo("AUDIT#2023-11");
    assertThat(ItemKey.auditMonth(Instant.MAX)).isEqualTo("AUDIT#9999-12");
    assertThat(trailKey(Instant.MAX)).isLessThan("BATCH#").isLessThan(ItemKey.CREDENTIAL_PREFIX);
  }

  private static String trailKey(Instant at) {
    return ItemKey.audit(Fixtures.USER, at, Long.MAX_VALUE).sk();
  }

  private void written(@Nullable Long... ends) {
    for (Long end : ends) {
      add(NOW, end);
    }
  }

  private void add(Instant at, @Nullable Long end) {
    AuditEventRow ahead = trail.isEmpty() ? null : open(trail.get(trail.size() - 1));
    AuditedChange change = new AuditedChange(Action.UPDATE, ID, trail.size() + 1L, null);
    trail.add(
        AuditEventRow.seal(
            env,
            keys,
            ahead == null ? Instant.MIN : ahead.content().at(),
            trail.size() + 1,
            new AuditEventCodec.Decoded(
                at,
                Actor.user(Fixtures.USER),
                List.of(change),
                end,
                ahead == null ? null : ahead.hash(),
                ahead == null ? null : ahead.content().endAt())));
  }

  private static Long ended() {
    return NOW.getEpochSecond();
  }

  private static Long inAnHour() {
    return NOW.getEpochSecond() + 3_600;
  }

  private static Item moved(Item row, ItemKey key) {
    return Item.copyAt(key, row, Item.VERSION, Item.HEADER, Item.META, Item.TTL);
  }

  private AuditEventRow open(Item row) {
    return AuditEventRow.open(keys, row);
  }

  private static AuditChain chain() {
    return new AuditChain(Fixtures.USER, NOW, null, null);
  }

  /** The numbers that are shown. */
  private List<Long> read() {
    AuditChain chain = chain();
    List<Long> shown = new ArrayList<>();
    for (int i = trail.size() - 1; i >= 0 && !chain.hasEnded(); i--) {
      AuditEventRow event = open(trail.get(i));
      chain.take(event);
      if (!event.hasEnded(NOW)) {
        shown.add(event.event().number());
      }
    }
    chain.end(trail.get(0).key());
    return shown;
  }

  private void refused() {
    assertThatThrownBy(this::read).isInstanceOf(TamperedItemException.class);
  }
}
