// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The keys under which a component is encoded, where they are not its position in the record.
 *
 * <p>A component whose type is a record, with one key for each of that record's components, is
 * encoded without a map of its own: its components stand among those of the record around it. So
 * components that belong together can be given a name without a change of the bytes.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Keys {
  /** One key, or one for each component of a nested record. */
  int[] value();
}
