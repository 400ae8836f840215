// What scripts/course.mjs provides.
declare module "virtual:course" {
  /** The lessons in the order of the course: each one's key and title. */
  const course: [key: string, title: string][];
  export default course;
}
