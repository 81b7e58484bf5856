/** What stands in binary XML (MS-EVEN6 2.2.12): one byte each. `more` is a bit beside some of them. */
export const token = {
  endOfStream: 0x00,
  openElement: 0x01,
  closeStartTag: 0x02,
  closeEmptyElement: 0x03,
  endElement: 0x04,
  value: 0x05,
  attribute: 0x06,
  cdata: 0x07,
  characterReference: 0x08,
  entityReference: 0x09,
  instructionTarget: 0x0a,
  instructionData: 0x0b,
  templateInstance: 0x0c,
  substitution: 0x0d,
  optionalSubstitution: 0x0e,
  fragmentHeader: 0x0f,
  more: 0x40,
} as const;

/** Content of an element as it stands in a template or in an event. Processing instructions are left out: no event has any. */
export type Node = ElementNode | TextNode | ValueNode | InstanceNode;

export interface ElementNode {
  readonly kind: "element";
  /** As it is written; `local` is without prefix. */
  readonly name: string;
  readonly local: string;
  /** The value without which the element is not there; -1: it always is. */
  readonly dependency: number;
  readonly attributes: readonly AttributeNode[];
  readonly content: readonly Node[];
  /** Whether it was written as `<a/>`. */
  readonly isEmptyTag: boolean;
}

export interface AttributeNode {
  readonly name: string;
  readonly local: string;
  readonly content: readonly Node[];
}

export interface TextNode {
  readonly kind: "text";
  readonly text: string;
}

/** The place of one of the values that an event brings. */
export interface ValueNode {
  readonly kind: "value";
  readonly slot: number;
  /** Whether an attribute or element with nothing else in it is not there where the value is null. */
  readonly isOptional: boolean;
}

/** Another template with values of its own, which stands at `at` in the chunk. */
export interface InstanceNode {
  readonly kind: "instance";
  readonly at: number;
}
