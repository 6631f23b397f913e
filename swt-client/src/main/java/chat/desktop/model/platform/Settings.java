// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.platform;

import chat.client.disk.PrivateFiles;
import chat.desktop.model.text.Language;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** What a profile remembers of its windows: a small file, written whole at each change. */
public final class Settings {
  private static final System.Logger LOG = System.getLogger(Settings.class.getName());
  private static final int RECENT_EMOJI = 24;

  private final Path file;
  private final Properties values = new Properties();

  private Settings(Path file) {
    this.file = file;
  }

  /** Reads the settings of a profile; a new profile has the usual ones. */
  public static Settings open(Path folder) throws IOException {
    Settings settings = new Settings(folder.resolve("desktop.properties"));
    try (Reader in = Files.newBufferedReader(settings.file)) {
      settings.values.load(in);
    } catch (NoSuchFileException e) {
      PrivateFiles.createFolder(folder);
    }
    return settings;
  }

  public String server() {
    return values.getProperty("server", "");
  }

  public void server(String server) {
    put("server", server);
  }

  public String name() {
    return values.getProperty("name", "");
  }

  public void name(String name) {
    put("name", name);
  }

  /** Empty to follow the system. */
  public Optional<Language> language() {
    return choice(Language.class, "language");
  }

  public void language(Optional<Language> language) {
    put("language", language.map(Settings::word).orElse("system"));
  }

  public ThemeChoice theme() {
    return choice(ThemeChoice.class, "theme").orElse(ThemeChoice.SYSTEM);
  }

  public void theme(ThemeChoice theme) {
    put("theme", word(theme));
  }

  public boolean notifications() {
    return !values.getProperty("notifications", "true").equals("false");
  }

  public void notifications(boolean on) {
    put("notifications", Boolean.toString(on));
  }

  /** Whether a notification has a sound. */
  public boolean notificationSound() {
    return !values.getProperty("notifications.sound", "true").equals("false");
  }

  public void notificationSound(boolean on) {
    put("notifications.sound", Boolean.toString(on));
  }

  /** When nothing is notified; empty for never. */
  public Optional<QuietHours> quietHours() {
    return QuietHours.parse(values.getProperty("notifications.quiet", ""));
  }

  public void quietHours(Optional<QuietHours> hours) {
    put("notifications.quiet", hours.map(QuietHours::toString).orElse(""));
  }

  /** Whether closing the window leaves the program running. */
  public boolean closeToTray() {
    return values.getProperty("closeToTray", "false").equals("true");
  }

  public void closeToTray(boolean on) {
    put("closeToTray", Boolean.toString(on));
  }

  public boolean filesPane() {
    return values.getProperty("filesPane", "true").equals("true");
  }

  public void filesPane(boolean open) {
    put("filesPane", Boolean.toString(open));
  }

  /** Where the pane of a plug-in stands, as it was kept; empty if that was never. */
  public String pane(String id) {
    return values.getProperty("pane." + id, "");
  }

  public void pane(String id, String state) {
    put("pane." + id, state);
  }

  /** Where the window was: x, y, width, height, and 1 if it was maximized; empty at first. */
  public List<Integer> window() {
    try {
      return parts("window").map(Integer::valueOf).toList();
    } catch (NumberFormatException e) {
      return List.of();
    }
  }

  public void window(List<Integer> place) {
    put("window", String.join(" ", place.stream().map(String::valueOf).toList()));
  }

  /** The emoji that were used last, newest first. */
  public List<String> recentEmoji() {
    return parts("emoji").toList();
  }

  public void usedEmoji(String emoji) {
    Stream<String> others = recentEmoji().stream().filter(other -> !other.equals(emoji));
    put(
        "emoji",
        String.join(" ", Stream.concat(Stream.of(emoji), others).limit(RECENT_EMOJI).toList()));
  }

  private Stream<String> parts(String key) {
    return Arrays.stream(values.getProperty(key, "").split(" ")).filter(part -> !part.isEmpty());
  }

  /** One of a few values under a key of the caller's own; empty if that was never chosen. */
  public <E extends Enum<E>> Optional<E> choice(Class<E> type, String key) {
    String value = values.getProperty(key, "");
    return Arrays.stream(type.getEnumConstants()).filter(e -> word(e).equals(value)).findFirst();
  }

  /** Whether something is switched on under a key of the caller's own. */
  public boolean flag(String key) {
    return values.getProperty(key, "").equals("true");
  }

  public void flag(String key, boolean on) {
    put(key, Boolean.toString(on));
  }

  public void choice(String key, Enum<?> value) {
    put(key, word(value));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private void put(String key, String value) {
    if (value.equals(values.setProperty(key, value))) {
      return;
    }
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(fresh);
      Files.createFile(fresh, PrivateFiles.ofFile(fresh));
      try (Writer out = Files.newBufferedWriter(fresh)) {
        values.store(out, null);
      }
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // Not worth stopping the user for: the setting holds until the end of the program.
      LOG.log(System.Logger.Level.WARNING, "Settings not saved in " + file, e);
    }
  }
}
