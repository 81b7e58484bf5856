import { checkLong, type Literal } from "../values/index.ts";

export type ArithmeticOperator = "+" | "-" | "*" | "/" | "%";

/**
 * What `+ - * / %` and their functions give (eql-semantics 6.4). Whole numbers stay whole: division
 * truncates toward zero, `%` has the sign of the dividend. With a decimal on either side it is double
 * arithmetic. Null if a side is null or no number, on whole division by zero, and where the result does
 * not fit 64 bits.
 */
export function evaluateArithmetic(
  op: ArithmeticOperator,
  left: Literal,
  right: Literal,
): bigint | number | null {
  if (!isNumeric(left) || !isNumeric(right)) return null;
  if (typeof left === "bigint" && typeof right === "bigint") return computeWhole(op, left, right);
  return computeDecimal(op, Number(left), Number(right));
}

/** What a minus sign gives: null for null, for what is no number, and for the smallest whole number. */
export function negateNumber(value: Literal): bigint | number | null {
  if (typeof value === "bigint") return checkLong(-value);
  return typeof value === "number" ? -value : null;
}

function isNumeric(value: Literal): value is bigint | number {
  return typeof value === "bigint" || typeof value === "number";
}

function computeWhole(op: ArithmeticOperator, left: bigint, right: bigint): bigint | null {
  switch (op) {
    case "+":
      return checkLong(left + right);
    case "-":
      return checkLong(left - right);
    case "*":
      return checkLong(left * right);
    case "/":
      return right === 0n ? null : checkLong(left / right);
    case "%":
      return right === 0n ? null : left % right;
  }
}

function computeDecimal(op: ArithmeticOperator, left: number, right: number): number {
  switch (op) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
    case "%":
      return left % right;
  }
}
