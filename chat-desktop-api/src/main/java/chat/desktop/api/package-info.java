// SPDX-License-Identifier: Apache-2.0
/**
 * What a plug-in of the desktop client brings and uses. A plug-in is an OSGi bundle whose services
 * (Declarative Services) are of the types of this package; it gets a {@link
 * chat.desktop.api.Workbench} of its own by reference.
 *
 * <pre>
 *   brings                                            uses
 *   View, Command, ComposeAction, SlashCommand        Workbench ─► Chat, SettingsStore, Background,
 *   MessageRenderer, PreferencePage                               UI executor
 *   Notifier, EventListener
 * </pre>
 *
 * <p><b>Threads.</b> Components are activated and deactivated in a thread of the client's own.
 * Every method that a plug-in implements is called in the thread of the windows, and must return
 * within a second; longer work goes to {@link chat.desktop.api.Background}.
 *
 * <p><b>Life cycle.</b> A service is used from when it is registered, which may be at any time.
 * Before it goes, the client disposes the widgets that were made for it and forgets it. A plug-in
 * releases in its deactivation what it made besides: threads, listeners outside its own widgets.
 *
 * <p><b>Limits.</b> A plug-in that throws, or that keeps the thread of the windows for more than a
 * second, is switched off, and the user reads which one and why. What its manifest does not claim
 * in {@code Chat-Rights}, the services refuse with a {@link SecurityException}.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
@org.jspecify.annotations.NullMarked
package chat.desktop.api;
