import type { RoleName, Session } from "./api";
import { service } from "./http";

/** Dispatched on the window when somebody logged in or out. */
export const sessionChanged = "eakte-session";

let current: Session | undefined;

export const session = (): Session | undefined => current;

function take(next: Session): Session {
  current = next;
  dispatchEvent(new Event(sessionChanged));
  return next;
}

/** Asks the service who is logged in. */
export const refreshSession = async (): Promise<Session> => take(await service.session());
export const logIn = async (name: string, password: string): Promise<Session> => take(await service.logIn(name, password));

export async function logOut(): Promise<void> {
  await service.logOut();
  await refreshSession();
}

/** Whether the account has one of the roles; without accounts everybody may do everything. */
export function mayBe(who: Session | undefined, ...roles: RoleName[]): boolean {
  if (!who) return false;
  if (!who.accounts) return true;
  return who.account?.roles.some(({ role }) => roles.includes(role)) ?? false;
}

export const readsContent = (): boolean => mayBe(current, "clerk", "records_manager", "auditor");
export const mayFile = (): boolean => mayBe(current, "clerk", "records_manager");
export const mayManage = (): boolean => mayBe(current, "records_manager");
export const mayAudit = (): boolean => mayBe(current, "auditor", "records_manager");
export const mayAdminister = (): boolean => mayBe(current, "administrator");
