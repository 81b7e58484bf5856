import type { FrameStyle } from "@harrier/lang/text";
import type { Colors } from "../terminal.ts";

/** Frames of findings in our colours. */
export function frameStyle(colors: Colors): FrameStyle {
  return {
    severity: (text, severity) => {
      if (severity === "error") return colors.bold(colors.red(text));
      return severity === "warning" ? colors.bold(colors.yellow(text)) : colors.bold(text);
    },
    gutter: colors.blue,
  };
}
