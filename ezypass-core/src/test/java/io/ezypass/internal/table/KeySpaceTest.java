package io.ezypass.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A deletion has nothing but keys to go by: both rows of a grant name the other one. */
class KeySpaceTest {
  private static final UserId OWNER = UserId.of("a.B_9:-z");
  private static final UserId RECIPIENT = UserId.of("x".repeat(128));
  private static final CredentialId ID = CredentialId.of("-".repeat(27) + "_");
  private static final KeySpace.Share SHARE = new KeySpace.Share(OWNER, ID, RECIPIENT);

  @Test
  void bothRowsOfAGrantNameTheOther() {
    assertThat(KeySpace.grant(SHARE.grant())).isEqualTo(SHARE);
    assertThat(KeySpace.sharedIn(SHARE.pointer())).isEqualTo(SHARE);
    assertThat(KeySpace.otherOfGrant(SHARE.grant())).isEqualTo(SHARE.pointer());
    assertThat(KeySpace.otherOfGrant(SHARE.pointer())).isEqualTo(SHARE.grant());
    assertThat(KeySpace.sharedIn(SHARE.grant())).isNull();
    assertThat(KeySpace.grant(SHARE.pointer())).isNull();
    assertThat(SHARE.grant().sk()).startsWith(ItemKey.grants(ID));
  }

  /** Opening a vault reads one range, and a grant is in neither that nor a list of the other. */
  @Test
  void grantsSortOutsideOfWhatOpeningReads() {
    for (ItemKey key : new ItemKey[] {SHARE.grant(), SHARE.pointer()}) {
      assertThat(key.sk()).isGreaterThan(ItemKey.PROFILE_SK);
      assertThat(KeySpace.credential(key.sk())).isNull();
    }
    assertThat(SHARE.pointer().sk()).doesNotStartWith(ItemKey.SHARE_PREFIX);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SHARE#",
        "SHARE#----------------------------",
        "SHARE#----------------------------#",
        "SHARE#---------------------------#user",
        "SHARE#----------------------------#a#b",
        "SHARE#----------------------------#a b",
        "SHAREIN#a",
        "SHAREIN##----------------------------",
        "SHAREIN#a#b#----------------------------",
        "SHAREIN#a#---------------------------",
        "CRED#----------------------------"
      })
  void whatIsNoKeyOfAGrantNamesNothing(String sortKey) {
    assertThat(KeySpace.otherOfGrant(new ItemKey("U#a", sortKey))).isNull();
  }

  @Test
  void aGrantOfNobodyNamesNothing() {
    assertThat(KeySpace.otherOfGrant(new ItemKey("TABLE", SHARE.grant().sk()))).isNull();
    assertThat(KeySpace.otherOfGrant(new ItemKey("U#a b", SHARE.pointer().sk()))).isNull();
  }
}
