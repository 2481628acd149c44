/** Thrown at a border when the asker stops the work; what was begun is undone. */
export class Stopped extends Error {}
