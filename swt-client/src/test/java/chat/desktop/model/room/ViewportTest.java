// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ViewportTest {
  private final Viewport viewport = new Viewport();

  @BeforeEach
  void twentyRows() {
    viewport.height(100);
    viewport.inserted(0, 20, 30);
  }

  @Test
  void sticksToTheEnd() {
    assertEquals(500, viewport.top());
    viewport.inserted(20, 1, 30);
    assertEquals(530, viewport.top());
  }

  @Test
  void staysWhereTheUserIsWhenSomethingComesInBelow() {
    viewport.scrollTo(200);
    viewport.inserted(20, 5, 30);
    assertEquals(200, viewport.top());
    assertFalse(viewport.sticky());
  }

  @Test
  void staysAtItsRowWhenHistoryComesInAbove() {
    viewport.scrollTo(200);
    viewport.inserted(0, 50, 30);
    assertEquals(200 + 50 * 30, viewport.top());
    assertEquals(56, viewport.first());
  }

  @Test
  void staysAtItsRowWhenOneAboveTurnsOutHigher() {
    viewport.scrollTo(200);
    viewport.heights().set(2, 300);
    assertEquals(470, viewport.top());
    assertEquals(6, viewport.first());
  }

  @Test
  void sticksAgainAtTheEnd() {
    viewport.scrollTo(200);
    viewport.scrollBy(10_000);
    assertTrue(viewport.sticky());
    assertEquals(500, viewport.top());
  }

  @Test
  void neverLeavesTheRows() {
    viewport.scrollTo(-50);
    assertEquals(0, viewport.top());
    viewport.removed(0, 1);
    assertEquals(0, viewport.top());
    for (int i = 0; i < 19; i++) {
      viewport.removed(0, 1);
    }
    assertEquals(0, viewport.top());
    assertEquals(-1, viewport.first());
  }
}
