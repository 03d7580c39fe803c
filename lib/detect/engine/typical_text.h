#pragma once

#include <string_view>

namespace konseki::detect {

/// Values as ordinary Windows logs hold them, folded: what a gate should not look for. Written by hand.
inline constexpr std::string_view typical_text =
    R"(c:\windows\system32\svchost.exe -k netsvcs -p -s schedule
c:\windows\system32\svchost.exe -k localservicenetworkrestricted
c:\windows\system32\cmd.exe /c "c:\program files\microsoft office\root\office16\winword.exe"
"c:\windows\system32\cmd.exe" /c c:\windows\syswow64\rundll32.exe shell32.dll,control_rundll
c:\windows\system32\windowspowershell\v1.0\powershell.exe -noprofile -executionpolicy bypass -command
powershell.exe -nop -w hidden -noninteractive -encodedcommand -file c:\users\administrator\desktop\
c:\windows\syswow64\windowspowershell\v1.0\powershell.exe
"c:\program files (x86)\google\chrome\application\chrome.exe" --type=renderer --field-trial-handle=
"c:\program files (x86)\microsoft\edge\application\msedge.exe" --type=utility --lang=en-us
c:\program files\windows defender\msmpeng.exe c:\programdata\microsoft\windows defender\platform\
c:\programdata\microsoft\windows\start menu\programs\startup\desktop.ini
c:\users\user\appdata\local\temp\tmp1a2b.tmp c:\users\public\documents\test.txt
c:\users\administrator\appdata\roaming\microsoft\windows\recent\automaticdestinations
c:\users\user\appdata\local\microsoft\onedrive\onedrive.exe /background update.exe setup.exe
c:\windows\explorer.exe c:\windows\system32\services.exe c:\windows\system32\lsass.exe
c:\windows\system32\wbem\wmiprvse.exe -embedding c:\windows\system32\conhost.exe 0xffffffff -forcev1
c:\windows\system32\taskhostw.exe c:\windows\system32\dllhost.exe /processid:{
c:\windows\system32\winlogon.exe c:\windows\system32\userinit.exe c:\windows\system32\csrss.exe
c:\windows\system32\msiexec.exe /v c:\windows\system32\regsvr32.exe /s c:\windows\system32\net.exe
c:\windows\system32\net1.exe user administrator /domain c:\windows\system32\whoami.exe
c:\windows\system32\reg.exe add hklm\software\microsoft\windows\currentversion\run /v /t reg_sz /d /f
c:\windows\system32\schtasks.exe /create /tn /tr /sc onlogon /ru system
c:\windows\system32\ntdll.dll c:\windows\system32\kernel32.dll c:\windows\system32\kernelbase.dll
c:\windows\system32\wevtutil.exe c:\windows\system32\wscript.exe c:\windows\system32\cscript.exe
c:\windows\system32\mshta.exe c:\windows\system32\certutil.exe c:\windows\system32\bitsadmin.exe
c:\windows\microsoft.net\framework64\v4.0.30319\csc.exe /noconfig /fullpaths
c:\windows\winsxs\amd64_microsoft.windows.common-controls_6595b64144ccf1df_6.0.19041.1110_none\comctl32.dll
hklm\system\currentcontrolset\services\tcpip\parameters\interfaces\{
hklm\system\currentcontrolset\control\session manager hklm\software\wow6432node\microsoft
hku\s-1-5-21-1234567890-1234567890-1234567890-1001\software\microsoft\windows\currentversion\explorer
\registry\machine\system\controlset001\services\bam\state\usersettings\s-1-5-21-
\device\harddiskvolume2\windows\system32\svchost.exe \device\harddiskvolume4\program files\
nt authority\system nt authority\local service nt authority\network service window manager\dwm-1
microsoft corporation microsoft windows microsoft® windows® operating system windows command processor
host process for windows services copyright microsoft windows system32 medium high system integrity
sha1=da39a3ee5e6b4b0d3255bfef95601890afd80709,md5=,sha256=,imphash=00000000000000000000000000000000
new-object system.net.webclient get-item get-childitem get-process set-item write-host write-output
function param( [parameter(mandatory=$true)] [string]$name return $null foreach-object where-object
if ($_ -eq $null) { throw } else { $result = } try { } catch { } import-module -name -path -force
select-object -property add-type -assemblyname start-process invoke-expression invoke-command
http://schemas.microsoft.com/ https://www.microsoft.com/ http://www.w3.org/2001/ .com/ https:// http://
update download install version 10.0.19041.1 (winbuild.160101.0800) user32 advapi authority negotiate
ntlm kerberos ntlmssp workstation domain user account logon process name administrators
true false tcp udp 0x0 0x1 0x3e7 - )";

}  // namespace konseki::detect
