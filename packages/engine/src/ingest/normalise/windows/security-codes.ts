/** Numbers of the Security log in words: what Microsoft's message tables and protocols name, spelled as Elastic's pipelines spell them. */

type Names = ReadonlyMap<string, string>;
type Bits = readonly (readonly [bit: number, name: string])[];

/** `code name|code name`. */
function readNames(text: string): Names {
  return new Map(
    text
      .split(/\||\n/)
      .map((entry) => entry.trim())
      .filter((entry) => entry !== "")
      .map((entry) => {
        const space = entry.indexOf(" ");
        return [entry.slice(0, space), entry.slice(space + 1)];
      }),
  );
}

function readBits(text: string): Bits {
  return [...readNames(text)].map(([bit, name]) => [Number(bit), name]);
}

/** The codes `%%nnnn` of access rights, logon failures and changed policies (msobjs.dll). */
export const messageCodes: Names = readNames(`
1537 DELETE|1538 READ_CONTROL|1539 WRITE_DAC|1540 WRITE_OWNER|1541 SYNCHRONIZE|1542 ACCESS_SYS_SEC|1543 MAX_ALLOWED
2304 An Error occured during Logon.|2305 The specified user account has expired.|2306 The NetLogon component is not active.
2307 Account locked out.|2308 The user has not been granted the requested logon type at this machine.
2309 The specified account's password has expired.|2310 Account currently disabled.|2311 Account logon time restriction violation.
2312 User not allowed to logon at this computer.|2313 Unknown user name or bad password.|2314 Domain sid inconsistent.
2315 Smartcard logon is required and was not used.
4416 ReadData (or ListDirectory)|4417 WriteData (or AddFile)|4418 AppendData (or AddSubdirectory or CreatePipeInstance)
4419 ReadEA|4420 WriteEA|4421 Execute/Traverse|4422 DeleteChild|4423 ReadAttributes|4424 WriteAttributes
4432 Query key value|4433 Set key value|4434 Create sub-key|4435 Enumerate sub-keys|4436 Notify about changes to keys|4437 Create Link
4480 Force process termination|4481 Create new thread in process|4482 Set process session ID|4483 Perform virtual memory operation
4484 Read from process memory|4485 Write to process memory|4486 Duplicate handle into or out of process|4487 Create a subprocess of process
4488 Set process quotas|4489 Set process information|4490 Query process information|4491 Set process termination port
5376 ConnectToServer|5377 ShutdownServer|5378 InitializeServer|5379 CreateDomain|5380 EnumerateDomains|5381 LookupDomain
5392 ReadPasswordParameters|5393 WritePasswordParameters|5394 ReadOtherParameters|5395 WriteOtherParameters|5396 CreateUser
5397 CreateGlobalGroup|5398 CreateLocalGroup|5399 GetLocalGroupMembership|5400 ListAccounts|5401 LookupIDs|5402 AdministerServer
5424 AddMember|5425 RemoveMember|5426 ListMembers|5427 ReadInformation|5428 WriteAccount
5440 ReadGeneralInformation|5441 ReadPreferences|5442 WritePreferences|5443 ReadLogon|5444 ReadAccount|5445 WriteAccount
5446 ChangePassword (with knowledge of old password)|5447 SetPassword (without knowledge of old password)|5448 ListGroups
5449 ReadGroupMembership|5450 ChangeGroupMembership
7168 Connect to service controller|7169 Create a new service|7170 Enumerate services
7184 Query service configuration information|7185 Set service configuration information|7186 Query status of service
7187 Enumerate dependencies of service|7188 Start the service|7189 Stop the service|7190 Pause or continue the service
7191 Query information from service|7192 Issue service-specific control commands
7680 Create Child|7681 Delete Child|7682 List Contents|7683 Write Self|7684 Read Property|7685 Write Property|7686 Delete Tree
7687 List Object|7688 Control Access
8448 Success removed|8449 Success Added|8450 Failure removed|8451 Failure Added
`);

/** AccessMask of a directory object, and what Elastic takes every other mask for (MS-ADTS 5.1.3.2). */
export const directoryRights: Bits = readBits(`
0x1 Create Child|0x2 Delete Child|0x4 List Contents|0x8 SELF|0x10 Read Property|0x20 Write Property|0x40 Delete Treee
0x80 List Object|0x100 Control Access|0x10000 DELETE|0x20000 READ_CONTROL|0x40000 WRITE_DAC|0x80000 WRITE_OWNER
0x100000 SYNCHRONIZE|0xF00000 STANDARD_RIGHTS_REQUIRED|0x1F0000 STANDARD_RIGHTS_ALL|0xFFFF SPECIFIC_RIGHTS_ALL
0x1000000 ADS_RIGHT_ACCESS_SYSTEM_SECURITY|0x10000000 ADS_RIGHT_GENERIC_ALL|0x20000000 ADS_RIGHT_GENERIC_EXECUTE
0x40000000 ADS_RIGHT_GENERIC_WRITE|0x80000000 ADS_RIGHT_GENERIC_READ
`);

/** AccessMask of a process (winnt.h), in the words of the message table. */
export const processRights: Bits = readBits(`
0x1 Terminate process|0x2 Create new thread in process|0x4 Set process session ID|0x8 Perform virtual memory operation
0x10 Read from process memory|0x20 Write to process memory|0x40 Duplicate handle into or out of process
0x80 Create a subprocess of process|0x100 Set process quotas|0x200 Set process information|0x400 Query process information
0x800 Set process termination port|0x10000 DELETE|0x20000 READ_CONTROL|0x40000 WRITE_DAC|0x80000 WRITE_OWNER|0x100000 SYNCHRONIZE
`);

/** TicketOptions of 4768 to 4771 (RFC 4120 5.4.1). */
export const ticketOptions: Bits = readBits(`
0x40000000 Forwardable|0x20000000 Forwarded|0x10000000 Proxiable|0x8000000 Proxy|0x4000000 Allow-postdate|0x2000000 Postdated
0x1000000 Invalid|0x800000 Renewable|0x400000 Initial|0x200000 Pre-authent|0x100000 Opt-hardware-auth
0x80000 Transited-policy-checked|0x40000 Ok-as-delegate|0x20000 Request-anonymous|0x10000 Name-canonicalize
0x20 Disable-transited-check|0x10 Renewable-ok|0x8 Enc-tkt-in-skey|0x2 Renew|0x1 Validate
`);

/** TicketEncryptionType, in lower case. */
export const ticketEncryptions: Names = readNames(`
0x1 DES-CBC-CRC|0x3 DES-CBC-MD5|0x11 AES128-CTS-HMAC-SHA1-96|0x12 AES256-CTS-HMAC-SHA1-96|0x17 RC4-HMAC|0x18 RC4-HMAC-EXP
0xffffffff FAIL
`);

/** Status of 4768 to 4771, in lower case (RFC 4120 7.5.9). */
export const kerberosStatuses: Names = readNames(`
0x0 KDC_ERR_NONE|0x1 KDC_ERR_NAME_EXP|0x2 KDC_ERR_SERVICE_EXP|0x3 KDC_ERR_BAD_PVNO|0x4 KDC_ERR_C_OLD_MAST_KVNO
0x5 KDC_ERR_S_OLD_MAST_KVNO|0x6 KDC_ERR_C_PRINCIPAL_UNKNOWN|0x7 KDC_ERR_S_PRINCIPAL_UNKNOWN|0x8 KDC_ERR_PRINCIPAL_NOT_UNIQUE
0x9 KDC_ERR_NULL_KEY|0xa KDC_ERR_CANNOT_POSTDATE|0xb KDC_ERR_NEVER_VALID|0xc KDC_ERR_POLICY|0xd KDC_ERR_BADOPTION
0xe KDC_ERR_ETYPE_NOTSUPP|0xf KDC_ERR_SUMTYPE_NOSUPP|0x10 KDC_ERR_PADATA_TYPE_NOSUPP|0x11 KDC_ERR_TRTYPE_NO_SUPP
0x12 KDC_ERR_CLIENT_REVOKED|0x13 KDC_ERR_SERVICE_REVOKED|0x14 KDC_ERR_TGT_REVOKED|0x15 KDC_ERR_CLIENT_NOTYET
0x16 KDC_ERR_SERVICE_NOTYET|0x17 KDC_ERR_KEY_EXPIRED|0x18 KDC_ERR_PREAUTH_FAILED|0x19 KDC_ERR_PREAUTH_REQUIRED
0x1a KDC_ERR_SERVER_NOMATCH|0x1b KDC_ERR_MUST_USE_USER2USER|0x1f KRB_AP_ERR_BAD_INTEGRITY|0x20 KRB_AP_ERR_TKT_EXPIRED
0x21 KRB_AP_ERR_TKT_NYV|0x22 KRB_AP_ERR_REPEAT|0x23 KRB_AP_ERR_NOT_US|0x24 KRB_AP_ERR_BADMATCH|0x25 KRB_AP_ERR_SKEW
0x26 KRB_AP_ERR_BADADDR|0x27 KRB_AP_ERR_BADVERSION|0x28 KRB_AP_ERR_MSG_TYPE|0x29 KRB_AP_ERR_MODIFIED|0x2a KRB_AP_ERR_BADORDER
0x2c KRB_AP_ERR_BADKEYVER|0x2d KRB_AP_ERR_NOKEY|0x2e KRB_AP_ERR_MUT_FAIL|0x2f KRB_AP_ERR_BADDIRECTION|0x30 KRB_AP_ERR_METHOD
0x31 KRB_AP_ERR_BADSEQ|0x32 KRB_AP_ERR_INAPP_CKSUM|0x33 KRB_AP_PATH_NOT_ACCEPTED|0x34 KRB_ERR_RESPONSE_TOO_BIG
0x3c KRB_ERR_GENERIC|0x3d KRB_ERR_FIELD_TOOLONG|0x3e KDC_ERR_CLIENT_NOT_TRUSTED|0x3f KDC_ERR_KDC_NOT_TRUSTED
0x40 KDC_ERR_INVALID_SIG|0x41 KDC_ERR_KEY_TOO_WEAK|0x42 KRB_AP_ERR_USER_TO_USER_REQUIRED|0x43 KRB_AP_ERR_NO_TGT|0x44 KDC_ERR_WRONG_REALM
`);

/** Status and SubStatus of 4625 and 4776, in lower case (NTSTATUS; the words are those of Microsoft's page about 4625). */
export const logonStatuses: Names = readNames(`
0x0 Status OK.
0xc000005e There are currently no logon servers available to service the logon request.
0xc0000064 User logon with misspelled or bad user account
0xc000006a User logon with misspelled or bad password
0xc000006d This is either due to a bad username or authentication information
0xc000006e Unknown user name or bad password.
0xc000006f User logon outside authorized hours
0xc0000070 User logon from unauthorized workstation
0xc0000071 User logon with expired password
0xc0000072 User logon to account disabled by administrator
0xc00000dc Indicates the Sam Server was in the wrong state to perform the desired operation.
0xc0000133 Clocks between DC and other computer too far out of sync
0xc000015b The user has not been granted the requested logon type (aka logon right) at this machine
0xc000018c The logon request failed because the trust relationship between the primary domain and the trusted domain failed.
0xc0000192 An attempt was made to logon, but the Netlogon service was not started.
0xc0000193 User logon with expired account
0xc0000224 User is required to change password at next logon
0xc0000225 Evidently a bug in Windows and not a risk
0xc0000234 User logon with account locked
0xc00002ee Failure Reason: An Error occurred during Logon
0xc0000371 The local account store does not contain secret material for the specified account
0xc0000413 Logon Failure: The machine you are logging onto is protected by an authentication firewall. The specified account is not allowed to authenticate to the machine.
`);

/** TdoType, TdoDirection and TdoAttributes of 4706, 4707 and 4716 (MS-ADTS 6.1.6.7). */
export const trustTypes: Names = readNames(
  "1 TRUST_TYPE_DOWNLEVEL|2 TRUST_TYPE_UPLEVEL|3 TRUST_TYPE_MIT|4 TRUST_TYPE_DCE",
);
export const trustDirections: Names = readNames(
  "0 TRUST_DIRECTION_DISABLED|1 TRUST_DIRECTION_INBOUND|2 TRUST_DIRECTION_OUTBOUND|3 TRUST_DIRECTION_BIDIRECTIONAL",
);
export const trustAttributes: Names = readNames(`
0 UNDEFINED|1 TRUST_ATTRIBUTE_NON_TRANSITIVE|2 TRUST_ATTRIBUTE_UPLEVEL_ONLY|4 TRUST_ATTRIBUTE_QUARANTINED_DOMAIN
8 TRUST_ATTRIBUTE_FOREST_TRANSITIVE|16 TRUST_ATTRIBUTE_CROSS_ORGANIZATION|32 TRUST_ATTRIBUTE_WITHIN_FOREST
64 TRUST_ATTRIBUTE_TREAT_AS_EXTERNAL|128 TRUST_ATTRIBUTE_USES_RC4_ENCRYPTION
512 TRUST_ATTRIBUTE_CROSS_ORGANIZATION_NO_TGT_DELEGATION|1024 TRUST_ATTRIBUTE_PIM_TRUST
`);

/** The names of the bits that are all set in a mask, as an unsigned 32-bit number. */
export function namesOfBits(mask: number, bits: Bits): readonly string[] {
  return bits.filter(([bit]) => (mask & bit) >>> 0 === bit >>> 0).map(([, name]) => name);
}
