// SPDX-License-Identifier: Apache-2.0
package chat.cli.command;

import picocli.CommandLine.ITypeConverter;

/** Reads the name of a person, which may be given as {@code @NAME} everywhere. */
final class PersonName implements ITypeConverter<String> {
  @Override
  public String convert(String value) {
    return value.startsWith("@") ? value.substring(1) : value;
  }
}
