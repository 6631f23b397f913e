// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The most that a component of a command may be, whoever sends it: a wire format refuses more with
 * {@link Problem#TOO_LARGE} before anything else looks at the command. What a command means may be
 * bounded more narrowly; see the table of arguments in docs/protocol.md.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Max {
  /** Bytes of a text in UTF-8, bytes, elements of a list, or a number. */
  int value();

  /** Bytes of each text of a list, in UTF-8. */
  int each() default 0;
}
