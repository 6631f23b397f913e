// SPDX-License-Identifier: Apache-2.0
package chat.cli.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A picture, or none.
 *
 * @param file null for none
 */
record PictureFile(@Nullable Path file) {
  /** Reads a path, or {@code none}. */
  static final class Converter implements ITypeConverter<PictureFile> {
    @Override
    public PictureFile convert(String value) {
      try {
        return new PictureFile(value.equals("none") ? null : Path.of(value));
      } catch (InvalidPathException e) {
        throw new TypeConversionException("needs a path: " + e.getMessage());
      }
    }
  }
}
