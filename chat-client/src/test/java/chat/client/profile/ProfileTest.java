// SPDX-License-Identifier: Apache-2.0
package chat.client.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.client.ClientEvent.Refusal;
import chat.protocol.Command;
import chat.protocol.Cursor;
import chat.protocol.Person;
import chat.protocol.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileTest {
  private static final ServerIdentity SERVER = new ServerIdentity("Localhost", 7, "ab");

  @TempDir private Path folder;

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void onlyItsOwnerCanReadIt() throws IOException {
    Path profile = folder.resolve("new");
    try (Profile open = Profile.open(profile)) {
      open.add(new PendingMessage(new Command.Post(UUID.randomUUID(), 1, "secret"), null));
      assertEquals("rwx------", permissions(profile));
      assertEquals("rw-------", permissions(profile.resolve("profile.db")));
      assertEquals("rw-------", permissions(profile.resolve("profile.db-wal")));
    }
  }

  @Test
  void everythingSurvives() throws IOException {
    PendingMessage first =
        new PendingMessage(new Command.Post(UUID.randomUUID(), 1, "first 👋"), null);
    PendingMessage second =
        new PendingMessage(new Command.Post(UUID.randomUUID(), 2, "second"), null);
    Refusal refusal = new Refusal(Problem.NOT_ALLOWED, "no", 0);
    try (Profile profile = Profile.open(folder)) {
      profile.loggedIn(new Person(7, "alice"), new byte[] {1, -2}, SERVER);
      profile.add(first);
      profile.add(second);
      profile.refused(second.id(), refusal);
      profile.settle(List.of(), List.of(new Cursor(1, 5, -6), new Cursor(2, 7, 8)), List.of());
      profile.settle(List.of(), List.of(new Cursor(1, 6, 9)), List.of(2L));
    }
    try (Profile profile = Profile.open(folder)) {
      assertEquals(Optional.of("alice"), profile.rememberedName(SERVER));
      assertEquals(List.of((byte) 1, (byte) -2), bytes(profile.token(SERVER).orElseThrow()));
      assertEquals(List.of(first, second.refused(refusal)), profile.letters());
      assertEquals(List.of(new Cursor(1, 6, 9)), profile.cursors());
      assertTrue(profile.belongsToAnother(new Person(8, "bob"), SERVER));
      profile.settle(List.of(first.id()), List.of(), List.of());
      assertEquals(1, profile.letters().size());
    }
  }

  private static List<Byte> bytes(byte[] array) {
    return List.of(array[0], array[1]);
  }

  @Test
  void whatIsForgottenIsNotInTheFileAnyMore() throws IOException {
    String secret = "a secret that nobody may find";
    try (Profile profile = Profile.open(folder)) {
      profile.add(new PendingMessage(new Command.Post(UUID.randomUUID(), 1, secret), null));
      profile.forget();
      for (String file : List.of("profile.db", "profile.db-wal")) {
        String content =
            new String(Files.readAllBytes(folder.resolve(file)), StandardCharsets.ISO_8859_1);
        assertTrue(!content.contains(secret), file);
      }
    }
  }

  @Test
  void nobodyElseReadsItWhoeverMadeTheFolder() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path file = Files.createFile(folder.resolve("profile.db"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    try (Profile profile = Profile.open(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path each : all.toList()) {
          String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(each));
          assertTrue(mode.endsWith("------"), mode + " " + each);
        }
      }
    }
  }

  @Test
  void aNewerOneIsLeftAlone() throws Exception {
    Profile.open(folder).close();
    try (Connection direct =
        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("profile.db"))) {
      direct.createStatement().execute("PRAGMA user_version = 99");
    }
    IOException refused = assertThrows(IOException.class, () -> Profile.open(folder));
    assertTrue(refused.getMessage().contains("newer"), refused.getMessage());
    IOException again = assertThrows(IOException.class, () -> Profile.open(folder));
    assertTrue(again.getMessage().contains("newer"), "the lock was let go of");
  }

  @Test
  void aDamagedOneIsRefusedWithAReason() throws IOException {
    Files.writeString(folder.resolve("profile.db"), "this is no database at all".repeat(500));
    IOException refused = assertThrows(IOException.class, () -> Profile.open(folder));
    assertTrue(refused.getMessage().contains("can't be opened"), refused.getMessage());
  }
}
