// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

import chat.protocol.Content;
import chat.protocol.ModerationAction;
import chat.protocol.RoomSettings;
import chat.server.base.AddedComponents;
import chat.server.base.BinaryCodec;
import chat.server.base.Sha256;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The clear form of entry bodies. What an entry is about stands in its envelope.
 *
 * <pre>
 *    1 text      UTF-8
 *    2 file      name, media type, size, SHA-256, blob id, blob key, perhaps who sent it first, and
 *                perhaps when, if that was elsewhere
 *    3 joined    empty
 *    4 left      empty
 *    5 message   reply, important, mentions, who said it first, UTF-8: a text with more to it
 *    6 edited    mentions, UTF-8
 *    7 deleted   empty
 *    8 reacted   on, emoji
 *    9 pinned    on
 *   10 room set  name, topic, read only, archived, and what was added to the settings
 *   11 done      whom, action, until
 *   12 gone      empty
 *   13 told      when it was said, UTF-8: a text that was said elsewhere, before it came here
 * </pre>
 */
public final class EntryCodec {
  static final int TEXT = 1;
  public static final int FILE = 2;
  public static final int JOINED = 3;
  public static final int LEFT = 4;
  static final int MESSAGE = 5;
  public static final int EDITED = 6;
  public static final int DELETED = 7;
  static final int REACTED = 8;
  static final int PINNED = 9;
  static final int ROOM_SET = 10;
  static final int DONE = 11;
  public static final int GONE = 12;
  static final int TOLD = 13;

  private static final int KEY = 32;

  /** So many settings of a room have a place of their own. */
  private static final int FIXED_SETTINGS = 4;

  private EntryCodec() {}

  /**
   * A file in a room, and where its sealed bytes are.
   *
   * @param said UTC milliseconds of its sending, if that was elsewhere; 0 if it was here
   */
  public record StoredFile(Content.File shown, UUID blob, byte[] key, long said) {
    public StoredFile(Content.File shown, UUID blob, byte[] key) {
      this(shown, blob, key, 0);
    }

    /** The same with the hash of its content. */
    public StoredFile with(byte[] sha256) {
      Content.File known =
          new Content.File(
              shown.name(), shown.mediaType(), shown.size(), sha256, shown.forwarded());
      return new StoredFile(known, blob, key, said);
    }
  }

  /** An entry's kind and clear body. */
  public record Body(int kind, byte[] bytes) {}

  public static Body of(Content.Text text) {
    // Whether there may be more is decided by what was sent alone, so that a repeat is of one kind.
    boolean plain =
        text.reply() == 0
            && !text.important()
            && text.forwarded().isEmpty()
            && text.text().indexOf('@') < 0;
    return plain
        ? new Body(TEXT, text.text().getBytes(StandardCharsets.UTF_8))
        : new Body(
            MESSAGE,
            BinaryCodec.bytes(out -> {
              out.writeLong(text.reply());
              out.writeBoolean(text.important());
              write(out, text.mentions());
              out.writeUTF(text.forwarded());
              out.write(text.text().getBytes(StandardCharsets.UTF_8));
            }));
  }

  /** Of a text that was said elsewhere, at a time in UTC milliseconds. */
  public static Body told(String text, long said) {
    return new Body(
        TOLD,
        BinaryCodec.bytes(out -> {
          out.writeLong(said);
          out.write(text.getBytes(StandardCharsets.UTF_8));
        }));
  }

  public static Body of(Content.Edited edited) {
    return new Body(
        EDITED,
        BinaryCodec.bytes(out -> {
          write(out, edited.mentions());
          out.write(edited.text().getBytes(StandardCharsets.UTF_8));
        }));
  }

  public static Body of(Content.Reacted reacted) {
    return new Body(
        REACTED,
        BinaryCodec.bytes(out -> {
          out.writeBoolean(reacted.on());
          out.writeUTF(reacted.emoji());
        }));
  }

  public static Body of(Content.Pinned pinned) {
    return new Body(PINNED, BinaryCodec.bytes(out -> out.writeBoolean(pinned.on())));
  }

  public static Body of(Content.RoomSet set) {
    return new Body(
        ROOM_SET,
        BinaryCodec.bytes(out -> {
          RoomSettings settings = set.settings();
          out.writeUTF(settings.name());
          out.writeUTF(settings.topic());
          out.writeBoolean(settings.readOnly());
          out.writeBoolean(settings.archived());
          AddedComponents.write(out, settings, FIXED_SETTINGS);
        }));
  }

  public static Body of(Content.Done done) {
    return new Body(
        DONE,
        BinaryCodec.bytes(out -> {
          out.writeLong(done.whom().account());
          out.writeByte(done.action().ordinal());
          out.writeLong(done.until());
        }));
  }

  public static Body empty(int kind) {
    return new Body(kind, new byte[0]);
  }

  private static void write(DataOutputStream out, List<Long> accounts) throws IOException {
    out.writeShort(accounts.size());
    for (long account : accounts) {
      out.writeLong(account);
    }
  }

  private static List<Long> accounts(DataInputStream in) throws IOException {
    List<Long> accounts = new ArrayList<>();
    for (int n = in.readUnsignedShort(); n > 0; n--) {
      accounts.add(in.readLong());
    }
    return accounts;
  }

  private static String rest(DataInputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  public static byte[] file(StoredFile file) {
    return BinaryCodec.bytes(out -> {
      out.writeUTF(file.shown().name());
      out.writeUTF(file.shown().mediaType());
      out.writeLong(file.shown().size());
      out.write(file.shown().sha256());
      out.writeLong(file.blob().getMostSignificantBits());
      out.writeLong(file.blob().getLeastSignificantBits());
      out.write(file.key());
      if (!file.shown().forwarded().isEmpty() || file.said() != 0) {
        out.writeUTF(file.shown().forwarded());
      }
      if (file.said() != 0) {
        out.writeLong(file.said());
      }
    });
  }

  /** What of a file tells a repeated offer from another one. */
  public static byte[] label(Content.File file) {
    return file(new StoredFile(file, new UUID(0, 0), new byte[0]));
  }

  public static StoredFile file(byte[] body) throws IOException {
    return BinaryCodec.read(
        body,
        in -> {
          String name = in.readUTF();
          String mediaType = in.readUTF();
          long size = in.readLong();
          byte[] sha256 = in.readNBytes(Sha256.BYTES);
          UUID blob = new UUID(in.readLong(), in.readLong());
          byte[] key = in.readNBytes(KEY);
          String forwarded = in.available() > 0 ? in.readUTF() : "";
          long said = in.available() > 0 ? in.readLong() : 0;
          return new StoredFile(
              new Content.File(name, mediaType, size, sha256, forwarded), blob, key, said);
        });
  }

  /** When it was said, in UTC milliseconds, if that was elsewhere; 0 if it was here. */
  static long said(int kind, byte[] body) throws IOException {
    return switch (kind) {
      case TOLD -> BinaryCodec.read(body, DataInputStream::readLong);
      case FILE -> file(body).said();
      default -> 0;
    };
  }

  /**
   * What people see.
   *
   * @param about what the envelope says
   */
  static Content content(int kind, long about, byte[] body, Accounts accounts) throws IOException {
    return switch (kind) {
      case TEXT -> new Content.Text(new String(body, StandardCharsets.UTF_8));
      case FILE -> file(body).shown();
      case JOINED -> new Content.Joined();
      case LEFT -> new Content.Left();
      case MESSAGE ->
          BinaryCodec.read(
              body,
              in -> {
                long reply = in.readLong();
                boolean important = in.readBoolean();
                List<Long> mentions = accounts(in);
                String forwarded = in.readUTF();
                return new Content.Text(rest(in), reply, important, mentions, forwarded);
              });
      case EDITED ->
          BinaryCodec.read(
              body,
              in -> {
                List<Long> mentions = accounts(in);
                return new Content.Edited(about, rest(in), mentions);
              });
      case DELETED -> new Content.Deleted(about);
      case REACTED ->
          BinaryCodec.read(
              body,
              in -> {
                boolean on = in.readBoolean();
                return new Content.Reacted(about, in.readUTF(), on);
              });
      case PINNED -> BinaryCodec.read(body, in -> new Content.Pinned(about, in.readBoolean()));
      case ROOM_SET ->
          BinaryCodec.read(
              body,
              in -> {
                String name = in.readUTF();
                String topic = in.readUTF();
                boolean readOnly = in.readBoolean();
                boolean archived = in.readBoolean();
                return new Content.RoomSet(
                    AddedComponents.read(in, RoomSettings.class, name, topic, readOnly, archived));
              });
      case DONE ->
          BinaryCodec.read(
              body,
              in ->
                  new Content.Done(
                      accounts.person(in.readLong()),
                      BinaryCodec.choice(ModerationAction.values(), in.readByte()),
                      in.readLong()));
      case GONE -> new Content.Gone();
      case TOLD ->
          BinaryCodec.read(
              body,
              in -> {
                in.readLong();
                return new Content.Text(rest(in));
              });
      default -> throw new IOException("an entry of unknown kind " + kind);
    };
  }
}
