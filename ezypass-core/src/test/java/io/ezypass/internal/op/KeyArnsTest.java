package io.ezypass.internal.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyArnsTest {
  private static final String PREFIX = "arn:aws:kms:eu-central-1:123456789012:key/";
  private static final String ALIAS = "alias/vault";

  /** Overflows on the way. */
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);

  private final KeyArns arns = new KeyArns(Set.of(ALIAS), nanos::get);

  @Test
  void anArnStandsForItselfAndIsNeverAskedFor() {
    assertThat(arns.mayAsk(PREFIX + "1")).isFalse();
    assertThat(arns.latest(PREFIX + "1")).isEqualTo(PREFIX + "1");
    assertThat(arns.accepted(List.of(PREFIX + "1"), PREFIX + "1")).isEqualTo(PREFIX + "1");
    assertThat(arns.accepted(List.of(PREFIX + "1"), PREFIX + "2")).isNull();
  }

  @Test
  void anAliasMayBeAskedForOnceAMinute() {
    assertThat(arns.mayAsk(ALIAS)).isTrue();
    arns.answered(ALIAS, PREFIX + "1");
    nanos.addAndGet(Duration.ofMinutes(1).toNanos() - 1);
    assertThat(arns.mayAsk(ALIAS)).isFalse();
    nanos.incrementAndGet();
    assertThat(arns.mayAsk(ALIAS)).isTrue();
  }

  @Test
  void anAliasThatIsNotThereIsNotAskedForAgainAtOnceAndKeepsWhatItStoodFor() {
    arns.used(ALIAS, PREFIX + "1");
    arns.answered(ALIAS, null);
    assertThat(arns.mayAsk(ALIAS)).isFalse();
    assertThat(arns.accepted(List.of(ALIAS), PREFIX + "1")).isEqualTo(PREFIX + "1");
    assertThat(arns.latest(ALIAS)).isEqualTo(PREFIX + "1");
  }

  @Test
  void whatKmsWrappedUnderIsKnownButMayBeAskedForStill() {
    arns.used(ALIAS, PREFIX + "1");
    assertThat(arns.mayAsk(ALIAS)).isTrue();
  }

  @Test
  void anIdStandsForWhatItStoodForAndOnlyThat() {
    arns.answered(ALIAS, PREFIX + "1");
    arns.answered(ALIAS, PREFIX + "2");
    arns.answered("alias/other", PREFIX + "3");
    assertThat(arns.accepted(List.of(ALIAS), PREFIX + "1")).isEqualTo(PREFIX + "1");
    assertThat(arns.accepted(List.of(ALIAS), PREFIX + "2")).isEqualTo(PREFIX + "2");
    assertThat(arns.accepted(List.of(ALIAS), PREFIX + "3")).isNull();
    assertThat(arns.latest(ALIAS)).isEqualTo(PREFIX + "2");
  }

  @Test
  void theOldestOfManyArnsGoes() {
    arns.answered(ALIAS, PREFIX + "first");
    for (int i = 0; i < KeyArns.MAX_ARNS - 1; i++) {
      arns.answered(ALIAS, PREFIX + i);
    }
    assertThat(arns.accepted(List.of(ALIAS), PREFIX + "first")).isNotNull();
    arns.answered(ALIAS, PREFIX + "first");
    arns.answered(ALIAS, PREFIX + "last");
    assertThat(arns.accepted(List.of(ALIAS), PREFIX + "first")).as("named anew").isNotNull();
    assertThat(arns.accepted(List.of(ALIAS), PREFIX + "0")).isNull();
    assertThat(arns.accepted(List.of(ALIAS), PREFIX + "1")).isNotNull();
  }

  @Test
  void ofManySelectedIdsTheLeastRecentlyUsedGoesAndNoConfiguredOne() {
    arns.answered(ALIAS, PREFIX + "table");
    arns.answered("alias/first", PREFIX + "first");
    arns.answered("alias/second", PREFIX + "second");
    for (int i = 0; i < KeyArns.MAX_SELECTED - 2; i++) {
      arns.answered("alias/" + i, PREFIX + i);
    }
    assertThat(arns.latest("alias/first")).isEqualTo(PREFIX + "first");
    arns.answered("alias/last", PREFIX + "last");
    assertThat(arns.latest("alias/first")).isEqualTo(PREFIX + "first");
    assertThat(arns.latest("alias/second")).isNull();
    assertThat(arns.mayAsk("alias/second")).isTrue();
    assertThat(arns.latest(ALIAS)).isEqualTo(PREFIX + "table");
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:kms:eu-west-1:1:key/mrk-1,    arn:aws:kms:us-east-1:1:key/mrk-1,    true",
    "arn:aws:kms:eu-west-1:1:key/mrk-1,    arn:aws:kms:us-east-1:1:key/mrk-2,    false",
    "arn:aws:kms:eu-west-1:1:key/mrk-1,    arn:aws:kms:us-east-1:2:key/mrk-1,    false",
    "arn:aws:kms:eu-west-1:1:key/mrk-1,    arn:aws-cn:kms:us-east-1:1:key/mrk-1, false",
    "arn:aws:kms:eu-west-1:1:key/1,        arn:aws:kms:us-east-1:1:key/1,        false",
    "arn:aws:kms:eu-west-1:1:key/1,        arn:aws:kms:eu-west-1:1:key/1,        true",
    "arn:aws:kms:eu-west-1:1:key/mrk-1,    key/mrk-1,                            false",
    "arn:aws:kms:eu-west-1:1:key/mrk-1,    arn:aws:kms:us-east-1:1:key/mrk-1:x,  false",
  })
  void replicasDifferInTheRegionOnly(String one, String other, boolean same) {
    assertThat(KeyArns.isSameKey(one, other)).isEqualTo(same);
    assertThat(KeyArns.isSameKey(other, one)).isEqualTo(same);
  }

  @Test
  void theConfiguredReplicaIsTheOneToAsk() {
    String stored = "arn:aws:kms:us-east-1:1:key/mrk-1";
    String mine = "arn:aws:kms:eu-west-1:1:key/mrk-1";
    assertThat(arns.accepted(List.of(mine), stored)).isEqualTo(mine);
    assertThat(arns.accepted(List.of(mine, stored), stored)).as("exactly").isEqualTo(stored);
    arns.answered(ALIAS, mine);
    assertThat(arns.accepted(List.of(ALIAS), stored)).isEqualTo(mine);
  }
}
