// SPDX-License-Identifier: Apache-2.0
package chat.example.snippets;

import chat.desktop.api.Compose;
import chat.desktop.api.PaneLook;
import chat.desktop.api.PreferencePage;
import chat.desktop.api.SlashCommand;
import chat.desktop.api.View;
import chat.desktop.api.Workbench;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.swt.widgets.TreeItem;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** One component that is three things: all of them show what one store holds. */
@Component
public final class Snippets implements View, SlashCommand, PreferencePage {
  private static final String KEY = "snippets";
  private static final String FIRST =
      "thanks = Thank you, that helped!\nlater = I will look into it later today.";

  private final Workbench workbench;
  private final List<Tree> lists = new ArrayList<>();
  private @Nullable Text edited;

  @Activate
  public Snippets(@Reference Workbench workbench) {
    this.workbench = workbench;
  }

  /** The texts by name, from lines of the form {@code name = text}. */
  private Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>();
    for (String line : kept().split("\n")) {
      int at = line.indexOf('=');
      if (at > 0) {
        all.put(line.substring(0, at).strip(), line.substring(at + 1).strip());
      }
    }
    return all;
  }

  private String kept() {
    return workbench.settings().get(KEY).orElse(FIRST);
  }

  @Override
  public String id() {
    return "chat.example.snippets";
  }

  @Override
  public String title() {
    return "Snippets";
  }

  @Override
  public void create(Composite parent, PaneLook look, Compose compose) {
    Tree list = new Tree(parent, SWT.NONE);
    list.setData("id", "snippets.list");
    list.setBackground(look.background());
    list.setForeground(look.text());
    list.addListener(
        SWT.DefaultSelection,
        event -> compose.insert(all().getOrDefault(((TreeItem) event.item).getText(), "")));
    lists.add(list);
    list.addListener(SWT.Dispose, _ -> lists.remove(list));
    fill(list);
  }

  private void fill(Tree list) {
    list.removeAll();
    all().keySet().forEach(name -> new TreeItem(list, SWT.NONE).setText(name));
  }

  @Override
  public String name() {
    return "snippet";
  }

  @Override
  public String help() {
    return "Write a text that you use often";
  }

  @Override
  public List<String> complete(String arguments) {
    return all().keySet().stream().filter(name -> name.startsWith(arguments)).toList();
  }

  @Override
  public String expand(String arguments) {
    return all().getOrDefault(arguments, "/snippet " + arguments);
  }

  @Override
  public void create(Composite parent) {
    Text text = new Text(parent, SWT.MULTI | SWT.BORDER | SWT.V_SCROLL);
    text.setData("id", "snippets.edit");
    text.setText(kept());
    text.addListener(SWT.Dispose, _ -> edited = null);
    edited = text;
  }

  @Override
  public void save() {
    if (edited != null) {
      workbench.settings().put(KEY, edited.getText());
      lists.forEach(this::fill);
    }
  }
}
