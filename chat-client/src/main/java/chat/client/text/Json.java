// SPDX-License-Identifier: Apache-2.0
package chat.client.text;

import chat.protocol.Contact;
import chat.protocol.Content;
import chat.protocol.Device;
import chat.protocol.Event;
import chat.protocol.InvitationPolicy;
import chat.protocol.Member;
import chat.protocol.ModerationAction;
import chat.protocol.Person;
import chat.protocol.Relation;
import chat.protocol.RoomInfo;
import chat.protocol.RoomInvitation;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings;
import chat.protocol.RoomState;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * What programs read: one JSON object on one line, times in UTC. What is false, 0 or empty because
 * that is usual is left out. The keys and words are a format: no name in the sources decides them.
 */
public final class Json {
  private Json() {}

  /** A message as it reads now, or what happened. */
  public static String message(Message message) {
    return message(message, "");
  }

  /**
   * The same for a message whose file is at hand.
   *
   * @param path of the file; empty if it is not there
   */
  public static String message(Message message, String path) {
    Event.Entry entry = message.entry();
    JsonLine line =
        new JsonLine()
            .put("room", entry.room())
            .put("number", entry.number())
            .put("id", entry.id().toString())
            .put("time", time(entry.time()))
            .put("author", entry.author().name())
            .unlessEmpty("display", entry.author().display())
            .put("account", entry.author().account());
    put(line, message.content()).unlessEmpty("path", path).ifSo("pinned", message.pinned());
    if (message.edited() != 0) {
      line.put("edited", time(message.edited()));
    }
    if (!message.reactions().isEmpty()) {
      line.put(
          "reactions",
          reactions ->
              message
                  .reactions()
                  .forEach((emoji, who) ->
                      reactions.put(emoji, who.stream().map(Person::name).toList())));
    }
    return line.end();
  }

  /** A device that is logged in. */
  public static String device(Device device) {
    return new JsonLine()
        .put("id", device.id().toString())
        .put("name", device.name())
        .unlessEmpty("address", device.address())
        .put("used", time(device.used()))
        .put("created", time(device.created()))
        .ifSo("current", device.current())
        .end();
  }

  /** A room that can be joined. */
  public static String room(RoomInfo info) {
    return line(info).end();
  }

  /** A room to which somebody invites. */
  public static String invitation(RoomInvitation invitation) {
    return line(invitation.info()).put("invitedBy", invitation.by().name()).end();
  }

  /** A room, and what it is to the account. */
  public static String room(RoomInfo info, RoomState place) {
    return line(info)
        .put("rank", lower(place.rank()))
        .put("unread", place.unread())
        .put("mentions", place.mentions())
        .ifSo("silent", place.silent())
        .unlessEmpty("draft", place.draft())
        .end();
  }

  private static JsonLine line(RoomInfo info) {
    JsonLine line = new JsonLine().put("room", info.room()).put("kind", lower(info.kind()));
    if (info.kind() == RoomKind.DIRECT) {
      line.put("peer", info.peer().name());
    }
    List<RoomSetting> settings = RoomSetting.of(info.settings());
    for (RoomSetting setting : settings) {
      if (setting instanceof RoomSetting.Words(String key, String words)) {
        line.unlessEmpty(key, words);
      }
    }
    line.put("members", info.members());
    for (RoomSetting setting : settings) {
      if (setting instanceof RoomSetting.Flag flag) {
        line.ifSo(flag.key(), flag.on());
      }
    }
    return line;
  }

  private static JsonLine put(JsonLine line, RoomSettings settings) {
    for (RoomSetting setting : RoomSetting.of(settings)) {
      switch (setting) {
        case RoomSetting.Words(String key, String words) -> line.put(key, words);
        case RoomSetting.Flag flag -> line.put(flag.key(), flag.on());
      }
    }
    return line;
  }

  /** Somebody in a room. */
  public static String member(Member member) {
    JsonLine line = person(member.person()).put("rank", lower(member.rank()));
    if (member.mutedUntil() != 0) {
      line.put("mutedUntil", until(member.mutedUntil()));
    }
    return line.end();
  }

  /** Somebody with whom there is something. */
  public static String contact(Contact contact) {
    return person(contact.person())
        .put("relation", word(contact.relation()))
        .ifSo("blocked", contact.blocked())
        .end();
  }

  /** What somebody says of themselves. */
  public static String profile(chat.protocol.Profile profile) {
    JsonLine line =
        person(profile.person())
            .unlessEmpty("status", profile.status())
            .unlessEmpty("about", profile.about())
            .put("relation", word(profile.relation()))
            .ifSo("blocked", profile.blocked())
            .ifSo("showSeen", profile.showSeen())
            .ifSo("showRead", profile.showRead())
            .unlessEmpty(
                "invitations",
                profile.invitations() == InvitationPolicy.EVERYBODY
                    ? ""
                    : lower(profile.invitations()));
    if (profile.lastSeen() != 0) {
      line.put("lastSeen", time(profile.lastSeen()));
    }
    return line.end();
  }

  private static JsonLine person(Person person) {
    return new JsonLine()
        .put("name", person.name())
        .unlessEmpty("display", person.display())
        .put("account", person.account());
  }

  private static JsonLine put(JsonLine line, Content content) {
    return switch (content) {
      case Content.Text text ->
          line.put("kind", "text")
              .put("text", text.text())
              .unlessZero("reply", text.reply())
              .ifSo("important", text.important())
              .unlessEmpty("forwarded", text.forwarded());
      case Content.File(String name, String type, long size, byte[] sha256, String forwarded) ->
          line.put("kind", "file")
              .put("name", name)
              .put("mediaType", type)
              .put("size", size)
              .put("sha256", HexFormat.of().formatHex(sha256))
              .unlessEmpty("forwarded", forwarded);
      case Content.Joined joined -> line.put("kind", "joined");
      case Content.Left left -> line.put("kind", "left");
      case Content.Erased(long about) -> line.put("kind", "erased").unlessZero("about", about);
      case Content.Damaged damaged -> line.put("kind", "damaged");
      case Content.Edited(long about, String text, var mentions) ->
          line.put("kind", "edited").put("about", about).put("text", text);
      case Content.Deleted(long about) -> line.put("kind", "deleted").put("about", about);
      case Content.Reacted(long about, String emoji, boolean on) ->
          line.put("kind", "reacted").put("about", about).put("emoji", emoji).put("on", on);
      case Content.Pinned(long about, boolean on) ->
          line.put("kind", "pinned").put("about", about).put("on", on);
      case Content.RoomSet(RoomSettings settings) -> put(line.put("kind", "room"), settings);
      case Content.Done(Person whom, ModerationAction action, long until) -> {
        line.put("kind", "done").put("whom", whom.name()).put("deed", lower(action));
        yield until == 0 ? line : line.put("until", until(until));
      }
      case Content.Gone gone -> line.put("kind", "gone");
    };
  }

  private static String until(long millis) {
    return millis == Long.MAX_VALUE ? "ever" : time(millis);
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  /** Programs know these words, whatever the constants are called. */
  private static String word(Relation relation) {
    return switch (relation) {
      case NONE -> "none";
      case OUTGOING -> "asked";
      case INCOMING -> "wanted";
      case FRIEND -> "friend";
    };
  }

  private static String lower(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
