// SPDX-License-Identifier: Apache-2.0
package chat.desktop.api;

import org.eclipse.swt.widgets.Composite;
import org.osgi.annotation.versioning.ConsumerType;

/** What the user can choose about a plug-in, shown from the list of plug-ins. */
@ConsumerType
public interface PreferencePage {

  /** What stands above it. */
  String title();

  /** Fills the page; the parent has a layout that fills it with one child. */
  void create(Composite parent);

  /** The user wants what is chosen; the widgets are still there. */
  void save();
}
