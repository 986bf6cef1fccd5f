package io.ezypass.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads IP addresses without ever asking the DNS, which {@code InetAddress} may do. */
final class IpAddresses {
  private static final int GROUPS = 8;

  private IpAddresses() {}

  /** Four decimal numbers up to 255 without leading zeros, which some read as octal. */
  static boolean isIpv4(String text) {
    return ipv4(text) != null;
  }

  /** The form of RFC 5952 without brackets, or null if the text is no IPv6 address. */
  static @Nullable String canonicalIpv6(String text) {
    List<Integer> groups = ipv6(text);
    return groups == null ? null : format(groups);
  }

  private static @Nullable List<Integer> ipv6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      List<Integer> groups = groups(text);
      return groups == null || groups.size() != GROUPS ? null : groups;
    }
    String before = text.substring(0, gap);
    List<Integer> head = groups(before);
    List<Integer> tail = groups(text.substring(gap + 2));
    // An embedded IPv4 address may stand at the very end only; "::" stands for a group at least.
    if (head == null || tail == null || before.indexOf('.') >= 0) {
      return null;
    }
    if (head.size() + tail.size() >= GROUPS) {
      return null;
    }
    List<Integer> groups = new ArrayList<>(head);
    while (groups.size() + tail.size() < GROUPS) {
      groups.add(0);
    }
    groups.addAll(tail);
    return groups;
  }

  private static @Nullable List<Integer> groups(String text) {
    List<Integer> groups = new ArrayList<>();
    if (text.isEmpty()) {
      return groups;
    }
    String[] parts = text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      List<Integer> ipv4 = i == parts.length - 1 ? ipv4(parts[i]) : null;
      if (ipv4 != null) {
        groups.add(ipv4.get(0) << 8 | ipv4.get(1));
        groups.add(ipv4.get(2) << 8 | ipv4.get(3));
      } else if (isHexGroup(parts[i])) {
        groups.add(Integer.parseInt(parts[i], 16));
      } else {
        return null;
      }
    }
    return groups;
  }

  private static boolean isHexGroup(String text) {
    return !text.isEmpty()
        && text.length() <= 4
        && text.chars().allMatch(c -> c < 0x80 && Character.digit(c, 16) >= 0);
  }

  private static @Nullable List<Integer> ipv4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return null;
    }
    List<Integer> bytes = new ArrayList<>();
    for (String part : parts) {
      boolean decimal =
          !part.isEmpty() && part.length() <= 3 && part.chars().allMatch(c -> c >= '0' && c <= '9');
      if (!decimal || (part.length() > 1 && part.startsWith("0")) || Integer.parseInt(part) > 255) {
        return null;
      }
      bytes.add(Integer.parseInt(part));
    }
    return bytes;
  }

  private static String format(List<Integer> groups) {
    if (groups.subList(0, 6).equals(List.of(0, 0, 0, 0, 0, 0xffff))) {
      int high = groups.get(6);
      int low = groups.get(7);
      return "::ffff:" + (high >> 8) + '.' + (high & 0xff) + '.' + (low >> 8) + '.' + (low & 0xff);
    }
    int gap = 0;
    int gapLength = 0;
    for (int from = 0; from < GROUPS; from++) {
      int to = from;
      while (to < GROUPS && groups.get(to) == 0) {
        to++;
      }
      if (to - from > gapLength) {
        gap = from;
        gapLength = to - from;
      }
    }
    // RFC 5952, 4.2.2: "::" must not stand for a single group.
    return gapLength < 2
        ? join(groups)
        : join(groups.subList(0, gap)) + "::" + join(groups.subList(gap + gapLength, GROUPS));
  }

  private static String join(List<Integer> groups) {
    return String.join(":", groups.stream().map(Integer::toHexString).toList());
  }
}
