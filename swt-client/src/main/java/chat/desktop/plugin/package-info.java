// SPDX-License-Identifier: Apache-2.0
/**
 * Plug-ins: where they lie, the framework that runs them, what they bring, and what they may use.
 * They run behind the first window, in a Felix that is only started when there is one. What they
 * bring is kept in {@link chat.desktop.plugin.Extensions}, which belongs to the thread of the
 * windows; everything that installs, starts and stops is done by one thread of {@link
 * chat.desktop.plugin.PluginHost}.
 *
 * <pre>
 *   PluginFolder ─► PluginHost ─► Felix, SCR ─► services ─► Extensions ─► windows
 *                       ▲                                       │ throws
 *                       └── UiWatchdog: blocks ─────────────────┘
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package chat.desktop.plugin;
