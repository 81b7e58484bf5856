import type { FrameStyle } from "@harrier/lang/text";
import type { Colors, TextStream } from "../terminal.ts";

/** Frames of findings in our colours, no wider than where they are shown. */
export function frameStyle(colors: Colors, { width }: Pick<TextStream, "width">): FrameStyle {
  return {
    width,
    severity: (text, severity) => {
      if (severity === "error") return colors.bold(colors.red(text));
      return severity === "warning" ? colors.bold(colors.yellow(text)) : colors.bold(text);
    },
    gutter: colors.blue,
  };
}
