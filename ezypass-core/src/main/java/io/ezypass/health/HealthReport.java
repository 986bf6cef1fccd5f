package io.ezypass.health;

import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is wrong with the passwords of one vault, as of one reading of it. It holds ids only, and is
 * stored nowhere; which credentials share a password or have a weak one is confidential all the
 * same. Only credentials with a password are judged; an issue that is not among {@link #judged()}
 * was not looked for, and its list is empty.
 *
 * <p><b>Age is that of the credential's last update</b>, of whatever in it: nothing tells since
 * when the password is the same, least of all before it came into the vault. So a credential that
 * is listed as old has an old password, while an old password may be missing because its notes were
 * changed last week.
 *
 * @param owner whose vault
 * @param judged what was looked for
 * @param credentials how many credentials the vault has
 * @param passwords how many of them have a password
 * @param reused groups of credentials with the very same password, the largest group first
 * @param weak credentials whose password scores below what was asked for, the weakest first
 * @param old credentials whose last update is longer ago than asked for, the oldest first
 */
public record HealthReport(
    UserId owner,
    Set<PasswordIssue> judged,
    int credentials,
    int passwords,
    List<List<CredentialId>> reused,
    List<CredentialId> weak,
    List<CredentialId> old) {

  /** Copies the lists. */
  public HealthReport {
    judged = Set.copyOf(judged);
    reused = reused.stream().map(List::copyOf).toList();
    weak = List.copyOf(weak);
    old = List.copyOf(old);
  }

  /**
   * The same by credential.
   *
   * @return every credential of which something was found, with all of it
   */
  public Map<CredentialId, Set<PasswordIssue>> issues() {
    Map<CredentialId, Set<PasswordIssue>> issues = new LinkedHashMap<>();
    reused.forEach(group -> add(issues, group, PasswordIssue.REUSED));
    add(issues, weak, PasswordIssue.WEAK);
    add(issues, old, PasswordIssue.OLD);
    issues.replaceAll((id, found) -> Set.copyOf(found));
    return Collections.unmodifiableMap(issues);
  }

  /** Shows whose it is and numbers only. */
  @Override
  public String toString() {
    return "HealthReport[owner="
        + owner
        + ", judged="
        + (judged.isEmpty() ? judged : EnumSet.copyOf(judged))
        + ", credentials="
        + credentials
        + ", passwords="
        + passwords
        + ", reused="
        + reused.stream().mapToInt(List::size).sum()
        + ", weak="
        + weak.size()
        + ", old="
        + old.size()
        + "]";
  }

  private static void add(
      Map<CredentialId, Set<PasswordIssue>> issues, List<CredentialId> ids, PasswordIssue issue) {
    ids.forEach(
        id -> issues.computeIfAbsent(id, any -> EnumSet.noneOf(PasswordIssue.class)).add(issue));
  }
}
