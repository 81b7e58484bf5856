import type { AuditMeaning } from "./meaning.ts";

/** Calls with the same meaning: names, action, what, category and type. */
const calls: readonly (readonly [
  names: string,
  action: string,
  what: string,
  category: string,
  type: string,
  more?: AuditMeaning,
])[] = [
  ["creat", "opened-file", "file", "file", "creation"],
  ["fallocate truncate ftruncate", "opened-file", "file", "file", "change"],
  ["open openat readlink readlinkat", "opened-file", "file", "file", "info"],
  ["read", "read-file", "file", "file", "info"],
  ["write", "wrote-to-file", "file", "file", "change"],
  [
    "setxattr fsetxattr lsetxattr removexattr fremovexattr lremovexattr",
    "changed-file-attributes-of",
    "file",
    "file",
    "change",
  ],
  ["chmod fchmod fchmodat", "changed-file-permissions-of", "file", "file", "change"],
  ["chown fchown fchownat lchown", "changed-file-ownership-of", "file", "file", "change"],
  ["finit_module init_module", "loaded-kernel-module", "file", "driver", "start"],
  ["delete_module", "unloaded-kernel-module", "file", "driver", "end"],
  ["mkdir mkdirat", "created-directory", "file", "file", "creation", { path: 1 }],
  ["mount", "mounted", "filesystem", "file", "creation", { path: 1 }],
  ["rename renameat renameat2", "renamed", "file", "file", "change", { path: 2 }],
  [
    "access faccessat fstatat newfstatat stat stat64 fstat lstat getxattr lgetxattr fgetxattr",
    "checked-metadata-of",
    "file",
    "file",
    "info",
  ],
  ["statfs fstatfs", "checked-filesystem-metadata-of", "filesystem", "file", "info"],
  ["link linkat", "linked", "file", "file", "creation"],
  ["symlink symlinkat", "symlinked", "file", "file", "creation"],
  ["umount umount2", "unmounted", "filesystem", "file", "deletion"],
  ["rmdir unlink unlinkat", "deleted", "file", "file", "deletion"],
  ["utime utimes futimesat futimens utimensat", "changed-timestamp-of", "file", "file", "info"],
  ["execve execveat", "executed", "file", "process", "start"],
  ["listen", "listen-for-connections", "socket", "network", "start"],
  ["accept accept4", "accepted-connection-from", "socket", "network", "connection start"],
  ["bind", "bound-socket", "socket", "network", "start"],
  ["connect", "connected-to", "socket", "network", "connection start"],
  ["recv recvfrom recvmsg recvmmsg", "received-from", "socket", "network", "connection info"],
  ["send sendto sendmsg sendmmsg", "sent-to", "socket", "network", "connection info"],
  ["kill tkill tgkill", "killed-pid", "process", "process", "end"],
  [
    "setuid seteuid setfsuid setreuid setgid setegid setfsgid setregid setresuid setresgid",
    "changed-identity-of",
    "process",
    "process",
    "change",
    { how: "syscall" },
  ],
  [
    "settimeofday clock_settime stime adjtimex clock_adjtime",
    "changed-system-time",
    "system",
    "host",
    "change",
  ],
  ["mknod mknodat", "make-device", "file", "file", "creation"],
  ["sethostname setdomainname", "changed-system-name", "system", "host", "change"],
  ["mmap mmap2 brk", "allocated-memory", "memory", "process", "info"],
  [
    "sched_setparam sched_setscheduler sched_setattr",
    "adjusted-scheduling-policy-of",
    "process",
    "process",
    "change",
    { how: "syscall" },
  ],
  ["exit_group", "end", "process", "process", "end", { how: "syscall" }],
];

const callMeanings: ReadonlyMap<string, AuditMeaning> = new Map(
  calls.flatMap(([names, action, what, category, type, more]) =>
    names.split(" ").map((name) => [name, { action, what, category, type, ...more }] as const),
  ),
);

/** What a system call means; every one is at least something that a process did. */
export function meaningOfCall(name: string): AuditMeaning {
  return callMeanings.get(name) ?? { category: "process", type: "info" };
}
