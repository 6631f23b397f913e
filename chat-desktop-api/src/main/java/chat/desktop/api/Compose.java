// SPDX-License-Identifier: Apache-2.0
package chat.desktop.api;

import org.osgi.annotation.versioning.ProviderType;

/** Where messages are written. To be used in the thread of the windows. */
@ProviderType
public interface Compose {

  /** What is written there now. */
  String text();

  /** The part of it that is marked; empty if none is. */
  String selection();

  /** Puts a text where the caret is, in place of what is marked. */
  void insert(String text);

  /** Replaces all that is written; the user can undo it. */
  void replace(String text);
}
