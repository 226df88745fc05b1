// What a role may do at the desk. The server decides; this only spares the hand what would be refused (crates/newsroom/src/staff.rs).

const EDITORS = ['editor', 'duty_editor', 'publisher', 'owner'];

/** Whether this role lays things before readers: stories, the front, a public-safety switch. */
export const mayPublish = (role) => EDITORS.includes(role);

/** Whether this role changes what belongs to the house, such as its sections. */
export const mayAdminister = (role) => ['publisher', 'owner'].includes(role);

const DUTY = EDITORS.slice(1);

/** Whether this role takes stories back. */
export const mayWithdraw = (role) => DUTY.includes(role);

/** Whether this member of staff may change this story: a contributor a draft of their own, everybody else any; `null` is a new one. */
export function mayChange(staff, story) {
  if (staff?.role !== 'contributor' || !story) return true;
  return story.begun_by?.staff_id === staff.id && story.state === 'draft';
}
