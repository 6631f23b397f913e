// SPDX-License-Identifier: Apache-2.0
package chat.protocol.cbor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.protocol.AccountInfo;
import chat.protocol.Contact;
import chat.protocol.Content;
import chat.protocol.Cursor;
import chat.protocol.Device;
import chat.protocol.Keys;
import chat.protocol.Limits;
import chat.protocol.Max;
import chat.protocol.Member;
import chat.protocol.Person;
import chat.protocol.Position;
import chat.protocol.PresenceStatus;
import chat.protocol.Problem;
import chat.protocol.Profile;
import chat.protocol.ReadMark;
import chat.protocol.RoomInfo;
import chat.protocol.RoomInvitation;
import chat.protocol.RoomState;
import chat.protocol.RoomView;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The tables of docs/protocol.md say what the records say. */
class DocumentedTablesTest {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (0x[0-9a-f]+) \\| (\\w+) \\| ?([^|]*) \\|");
  private static final Pattern VALUE = Pattern.compile("(?m)^\\| ([A-Z]\\w+) \\| ([^|]*) \\|$");
  private static final Pattern CHOICES = Pattern.compile("(?m)^- (\\w+): (0 .*)$");

  private static String document;

  @BeforeAll
  static void read() throws IOException {
    document = Files.readString(Path.of("..", "..", "docs", "protocol.md"));
  }

  /** The components of a record as the document writes them. */
  private static List<String> components(Class<?> type) {
    List<String> words = new ArrayList<>();
    RecordComponent[] components = type.getRecordComponents();
    for (int i = 0; i < components.length; i++) {
      Keys keys = components[i].getAnnotation(Keys.class);
      if (keys != null && keys.value().length > 1) {
        RecordComponent[] nested = components[i].getType().getRecordComponents();
        for (int j = 0; j < nested.length; j++) {
          words.add(words(keys.value()[j], nested[j]));
        }
      } else {
        words.add(words(keys == null ? i : keys.value()[0], components[i]));
      }
    }
    return words.stream()
        .sorted((a, b) -> Integer.compare(number(a), number(b)))
        .collect(Collectors.toList());
  }

  private static int number(String component) {
    return Integer.parseInt(component.substring(0, component.indexOf(' ')));
  }

  private static String words(int key, RecordComponent component) {
    String type = type(component.getGenericType());
    String name = component.getName();
    Max max = component.getAnnotation(Max.class);
    return key
        + " "
        + name
        + (type.equalsIgnoreCase(name) ? "" : " " + type)
        + (max == null ? "" : " ≤ " + most(max));
  }

  /** With spaces between thousands. */
  private static String most(Max max) {
    String most = "%,d".formatted(max.value());
    return max.each() == 0 ? most : most + " of " + max.each();
  }

  private static String type(Type type) {
    return switch (type) {
      case ParameterizedType p when p.getRawType() == Optional.class ->
          type(p.getActualTypeArguments()[0]);
      case ParameterizedType p -> "list of " + type(p.getActualTypeArguments()[0]);
      case Class<?> c when c == String.class -> "text";
      case Class<?> c when c == boolean.class || c == Boolean.class -> "bool";
      case Class<?> c when c == Long.class -> "long";
      case Class<?> c when c == byte[].class -> "bytes";
      case Class<?> c when c == UUID.class -> "id";
      case Class<?> c -> c.getSimpleName();
      default -> throw new IllegalArgumentException("no word for " + type);
    };
  }

  /** What a cell of the table says, without what it explains. */
  private static List<String> written(String cell) {
    return Stream.of(cell.split(" · "))
        .map(
            part -> part.replaceFirst("^.*: (?=\\d)", "").replaceFirst("[:(].*$|, .*$", "").strip())
        .filter(part -> !part.isEmpty())
        .toList();
  }

  /** Whatever a stranger can make longer has an end that the reader knows. */
  @Test
  void everyTextAndListOfACommandHasAMaximum() {
    List<String> without = new ArrayList<>();
    Types.COMMANDS.classes().forEach(type -> addWithoutMaximum(type, without));
    assertEquals(List.of(), without);
  }

  private static void addWithoutMaximum(Class<?> type, List<String> without) {
    for (RecordComponent component : type.getRecordComponents()) {
      Class<?> raw = component.getType();
      boolean grows =
          raw == String.class
              || raw == byte[].class
              || raw == int.class
              || raw == List.class
              || component.getGenericType().getTypeName().contains("Optional<java.lang.String>");
      if (grows && component.getAnnotation(Max.class) == null) {
        without.add(type.getSimpleName() + "." + component.getName());
      } else if (raw.isRecord()) {
        addWithoutMaximum(raw, without);
      }
    }
  }

  @Test
  void everyMessageHasItsRow() {
    TreeMap<String, String> expected = new TreeMap<>();
    for (Types types : List.of(Types.COMMANDS, Types.SERVER_MESSAGES)) {
      for (Class<?> type : types.classes()) {
        int number = number(types, type);
        expected.put(
            "0x%s %s".formatted(hex(number), type.getSimpleName()), components(type).toString());
      }
    }
    TreeMap<String, String> rows = new TreeMap<>();
    Matcher row = ROW.matcher(document);
    while (row.find()) {
      rows.put(row.group(1) + " " + row.group(2), written(row.group(3)).toString());
    }
    assertEquals(
        expected.toString().replace("], ", "],\n"), rows.toString().replace("], ", "],\n"));
  }

  private static int number(Types types, Class<?> type) {
    for (int number = 0; number < 0x1000; number++) {
      if (types.type(number) == RecordType.of(type.asSubclass(Record.class))) {
        return number;
      }
    }
    throw new IllegalArgumentException("no number for " + type);
  }

  private static String hex(int number) {
    return number < 0x100 ? "%02x".formatted(number) : "%x".formatted(number);
  }

  @Test
  void everyValueHasItsRow() {
    TreeMap<String, String> rows = new TreeMap<>();
    Matcher row = VALUE.matcher(document);
    while (row.find()) {
      rows.put(row.group(1), row.group(2));
    }
    for (Class<?> type :
        List.of(
            Person.class,
            Cursor.class,
            Position.class,
            Limits.class,
            RoomInfo.class,
            RoomState.class,
            RoomView.class,
            Member.class,
            Contact.class,
            Device.class,
            Profile.class,
            RoomInvitation.class,
            AccountInfo.class,
            PresenceStatus.class,
            ReadMark.class)) {
      String cell = rows.getOrDefault(type.getSimpleName(), "");
      assertEquals(components(type), written(cell), type.getSimpleName());
    }
    List<String> kinds = new ArrayList<>();
    Class<?>[] contents = Content.class.getPermittedSubclasses();
    for (int i = 0; i < contents.length; i++) {
      String inside = String.join(" · ", components(contents[i]));
      String name = i + " " + contents[i].getSimpleName();
      kinds.add(inside.isEmpty() ? name : name + " (" + inside + ")");
    }
    assertEquals(String.join(" · ", kinds), rows.get("Content"));
  }

  @Test
  void everyChoiceIsListed() {
    Matcher line = CHOICES.matcher(document);
    int found = 0;
    while (line.find()) {
      assertEquals(choices("chat.protocol." + line.group(1)), line.group(2));
      found++;
    }
    assertEquals(9, found);
    String problems = document.substring(document.indexOf("\n## Problems"));
    assertEquals(
        choices(Problem.class.getName()),
        problems.substring(12, problems.indexOf("\n\nA name")).strip().replace("\n", " "));
  }

  private static String choices(String type) {
    try {
      Object[] constants = Class.forName(type).getEnumConstants();
      return Stream.of(constants)
          .map(constant -> ((Enum<?>) constant).ordinal() + " " + ((Enum<?>) constant).name())
          .collect(Collectors.joining(" · "));
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
