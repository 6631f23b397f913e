// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.widget;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;

/** Small pictures drawn with lines, sharp at any zoom, in the foreground colour of the GC. */
public enum Icon {
  SMILE,
  CLIP,
  SEND,
  FILES,
  EYE,
  EYE_OFF,
  DOWN,
  UP,
  SAVE,
  CROSS,
  FOLDER,
  CLOCK,
  ALERT,
  SHEET,
  LOCK,
  AGAIN,
  CHECK,
  TWICE,
  PLUS,
  LOOK,
  PIN,
  REPLY,
  PEN,
  RIGHT;

  /** Draws the picture in a square of {@code size} around a middle. */
  public void draw(GC gc, int middleX, int middleY, int size) {
    gc.setAntialias(SWT.ON);
    gc.setLineCap(SWT.CAP_ROUND);
    gc.setLineJoin(SWT.JOIN_ROUND);
    gc.setLineWidth(Math.max(1, Math.round(size / 11f)));
    // Drawn in sixteenths of the square.
    Pen pen = new Pen(gc, middleX - size / 2f, middleY - size / 2f, size / 16f);
    switch (this) {
      case SMILE -> {
        pen.circle(8, 8, 7);
        pen.dot(5.6f, 6.3f, 1);
        pen.dot(10.4f, 6.3f, 1);
        pen.arc(8, 8.6f, 3.6f, 200, 140);
      }
      case CLIP -> {
        pen.arc(8, 4.5f, 3, 0, 180);
        pen.line(5, 4.5f, 5, 11.5f);
        pen.line(11, 4.5f, 11, 11.5f);
        pen.arc(9.5f, 11.5f, 1.5f, 180, 180);
        pen.arc(8, 11.5f, 3, 270, -90);
        pen.line(8, 11.5f, 8, 5.5f);
      }
      case SEND -> {
        pen.path(1.5f, 2, 14.5f, 8, 1.5f, 14, 4, 8, 1.5f, 2);
        pen.line(4, 8, 9, 8);
      }
      case FILES -> {
        pen.path(1.5f, 13, 1.5f, 3, 6, 3, 8, 5, 14.5f, 5, 14.5f, 13, 1.5f, 13);
      }
      case EYE, EYE_OFF -> {
        pen.arc(8, 12, 8, 30, 120);
        pen.arc(8, 4, 8, 210, 120);
        pen.circle(8, 8, 2.2f);
        if (this == EYE_OFF) {
          pen.line(3, 14, 13, 2);
        }
      }
      case DOWN -> {
        pen.line(8, 2, 8, 13);
        pen.path(3.5f, 8.5f, 8, 13, 12.5f, 8.5f);
      }
      case UP -> {
        pen.line(8, 14, 8, 3);
        pen.path(3.5f, 7.5f, 8, 3, 12.5f, 7.5f);
      }
      case RIGHT -> {
        pen.line(2, 8, 13, 8);
        pen.path(8.5f, 3.5f, 13, 8, 8.5f, 12.5f);
      }
      case SAVE -> {
        pen.line(8, 2, 8, 10);
        pen.path(4.5f, 6.5f, 8, 10, 11.5f, 6.5f);
        pen.path(2, 11, 2, 14, 14, 14, 14, 11);
      }
      case CROSS -> {
        pen.line(3.5f, 3.5f, 12.5f, 12.5f);
        pen.line(12.5f, 3.5f, 3.5f, 12.5f);
      }
      case FOLDER -> pen.path(1.5f, 13, 1.5f, 3, 6, 3, 8, 5, 14.5f, 5, 14.5f, 13, 1.5f, 13);
      case CLOCK -> {
        pen.circle(8, 8, 6.5f);
        pen.path(8, 4, 8, 8, 11, 9.5f);
      }
      case ALERT -> {
        pen.circle(8, 8, 7);
        pen.line(8, 4.5f, 8, 8.5f);
        pen.dot(8, 11.5f, 0.8f);
      }
      case SHEET -> {
        pen.path(3, 1.5f, 9.5f, 1.5f, 13, 5, 13, 14.5f, 3, 14.5f, 3, 1.5f);
        pen.path(9.5f, 1.5f, 9.5f, 5, 13, 5);
      }
      case LOCK -> {
        pen.path(3, 7.5f, 13, 7.5f, 13, 14.5f, 3, 14.5f, 3, 7.5f);
        pen.arc(8, 5.5f, 3, 0, 180);
        pen.line(5, 5.5f, 5, 7.5f);
        pen.line(11, 5.5f, 11, 7.5f);
      }
      case CHECK -> pen.path(2.5f, 8.5f, 6.5f, 12.5f, 13.5f, 4);
      case TWICE -> {
        pen.path(0.5f, 8.5f, 4, 12, 10.5f, 4);
        pen.path(7, 11, 8, 12, 15, 4);
      }
      case PLUS -> {
        pen.line(8, 2.5f, 8, 13.5f);
        pen.line(2.5f, 8, 13.5f, 8);
      }
      case LOOK -> {
        pen.circle(6.8f, 6.8f, 4.8f);
        pen.line(10.4f, 10.4f, 14.5f, 14.5f);
      }
      case PIN -> {
        pen.path(5, 2, 11, 2);
        pen.path(6, 2, 5.5f, 7, 3, 9.5f, 13, 9.5f, 10.5f, 7, 10, 2);
        pen.line(8, 9.5f, 8, 14.5f);
      }
      case REPLY -> {
        pen.path(6, 3, 1.5f, 7.5f, 6, 12);
        pen.path(1.5f, 7.5f, 9, 7.5f, 12.5f, 8.6f, 14.5f, 13);
      }
      case PEN -> {
        pen.path(2, 14, 3, 10, 11, 2, 14, 5, 6, 13, 2, 14);
      }
      case AGAIN -> {
        pen.arc(8, 8, 6, 60, 290);
        pen.path(8.2f, 2.2f, 11.4f, 2.8f, 10.8f, 6);
      }
    }
    gc.setLineWidth(1);
  }

  private record Pen(GC gc, float left, float top, float unit) {

    private int x(float x) {
      return Math.round(left + x * unit);
    }

    private int y(float y) {
      return Math.round(top + y * unit);
    }

    private int length(float value) {
      return Math.round(value * unit);
    }

    void line(float x1, float y1, float x2, float y2) {
      gc.drawLine(x(x1), y(y1), x(x2), y(y2));
    }

    void path(float... points) {
      int[] scaled = new int[points.length];
      for (int i = 0; i < points.length; i += 2) {
        scaled[i] = x(points[i]);
        scaled[i + 1] = y(points[i + 1]);
      }
      gc.drawPolyline(scaled);
    }

    void circle(float x, float y, float radius) {
      arc(x, y, radius, 0, 360);
    }

    void arc(float x, float y, float radius, int from, int angle) {
      int size = length(radius * 2);
      gc.drawArc(x(x - radius), y(y - radius), size, size, from, angle);
    }

    void dot(float x, float y, float radius) {
      var before = gc.getBackground();
      gc.setBackground(gc.getForeground());
      int size = Math.max(2, length(radius * 2));
      gc.fillOval(x(x) - size / 2, y(y) - size / 2, size, size);
      gc.setBackground(before);
    }
  }
}
