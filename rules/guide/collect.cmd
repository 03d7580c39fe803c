@echo off
rem collect.cmd, made by konseki guide --script: collects what an examination needs.
rem Commands of Windows only. Windows 10, 11, Server 2016 and later. Run as administrator from a USB disk.
rem Writes below its own drive, in konseki\(name of the computer), and nowhere else. Asks for no password.
rem Each command stands in collection.json with its start, end and status, so that the examination can tell
rem the traces of the collection from those of an intruder.
setlocal EnableExtensions DisableDelayedExpansion
title konseki collect

rem --- where to, and may we ---------------------------------------------------------------------------------
set "DRIVE=%~d0"
if "%DRIVE%"=="\\" goto :on_share
if /i "%DRIVE%"=="%SystemDrive%" goto :on_system
fltmc >nul 2>&1
if errorlevel 1 goto :no_admin
rem Characters that mean something to this shell have no place in a folder's name.
set "NAME=%COMPUTERNAME%"
set "NAME=%NAME:&=_%"
set "NAME=%NAME:^=_%"
set "NAME=%NAME:)=_%"
set "OUT=%DRIVE%\konseki\%NAME%"
if exist "%OUT%\manifest.csv" goto :done_before

echo.
@consent@
echo.
set "ANSWER="
set /p "ANSWER=@ask@ "
if /i not "%ANSWER%"=="yes" goto :refused
set "OPERATOR="
set /p "OPERATOR=@operator@ "
set "CLOCK="
set /p "CLOCK=@clock@ "

for %%d in (logs hives prefetch tasks system startup users) do (
    mkdir "%OUT%\%%d" 2>nul
)
if not exist "%OUT%\system" goto :cannot_write
set "RECORD=%OUT%\collection.json"
set "MANIFEST=%OUT%\manifest.csv"
set "SID="
set "ZONE="
call :find_zone
call :now
setlocal EnableDelayedExpansion
>"!OUT!\system\operator.txt" echo(!OPERATOR!
>"!OUT!\system\clock.txt" echo computer !NOW!!OFFSET!
>>"!OUT!\system\clock.txt" echo phone !CLOCK!
endlocal

rem --- first what this collection itself would push out -----------------------------------------------------
echo @step.prefetch@
set CMDLINE=robocopy "%SystemRoot%\Prefetch" "%OUT%\prefetch" *.pf /COPY:DAT /DCOPY:T /R:0 /W:0 /NP
call :run "%OUT%\system\prefetch.txt"

set CMDLINE=whoami /user /fo csv /nh
call :run "%OUT%\system\whoami.csv"
for /f "usebackq tokens=2 delims=," %%s in ("%OUT%\system\whoami.csv") do set "SID=%%~s"

rem --- what is lost first: clock, connections, processes ----------------------------------------------------
rem No arp, route, net or quser: five such commands within ten minutes look like an intruder's first steps.
echo @step.volatile@
set CMDLINE=w32tm /query /status /verbose
call :run "%OUT%\system\w32tm.txt"
set CMDLINE=netstat -anob
call :run "%OUT%\system\netstat.txt"
set CMDLINE=ipconfig /displaydns
call :run "%OUT%\system\dns-cache.txt"
set CMDLINE=ipconfig /all
call :run "%OUT%\system\ipconfig.txt"
set CMDLINE=netsh interface ipv4 show neighbors
call :run "%OUT%\system\neighbors.txt"
set CMDLINE=netsh interface ipv4 show route
call :run "%OUT%\system\routes.txt"
set CMDLINE=netsh interface portproxy show all
call :run "%OUT%\system\portproxy.txt"
set CMDLINE=netsh winhttp show proxy
call :run "%OUT%\system\winhttp-proxy.txt"
set CMDLINE=tasklist /v /fo csv
call :run "%OUT%\system\processes.csv"
set CMDLINE=tasklist /svc /fo csv
call :run "%OUT%\system\process-services.csv"
set CMDLINE=sc query type= service state= all
call :run "%OUT%\system\services.txt"
set CMDLINE=driverquery /v /fo csv
call :run "%OUT%\system\drivers.csv"
set CMDLINE=auditpol /get /category:* /r
call :run "%OUT%\system\audit-policy.csv"

rem --- event logs: every channel that holds records ---------------------------------------------------------
echo @step.logs@
set CMDLINE=wevtutil el
call :run "%OUT%\system\channels.txt"
rem A name with other characters could be made to run as a command here. It is listed, not exported.
findstr /r /x /c:"[-A-Za-z0-9 _./()]*" "%OUT%\system\channels.txt" >"%OUT%\system\channels-exported.txt"
findstr /r /x /v /c:"[-A-Za-z0-9 _./()]*" "%OUT%\system\channels.txt" >"%OUT%\system\channels-left-out.txt"
for /f "usebackq delims=" %%c in ("%OUT%\system\channels-exported.txt") do (
    set "CHANNEL=%%c"
    call :export_channel
)
del "%OUT%\system\channel.tmp" 2>nul

rem --- registry ---------------------------------------------------------------------------------------------
echo @step.registry@
for %%h in (SYSTEM SOFTWARE SAM SECURITY) do (
    set CMDLINE=reg save HKLM\%%h "%OUT%\hives\%%h" /y
    call :run "%OUT%\system\reg-%%h.txt"
)
rem Hives of those who are logged on; the files of all others are copied below.
for /f "tokens=2 delims=\" %%u in ('reg query HKU ^| findstr /r /x /c:"HKEY_USERS.S-1-5-21-[-0-9_Clases]*"') do (
    set "LOADED=%%u"
    call :save_user
)
set CMDLINE=reg export HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Run "%OUT%\startup\run-machine.reg" /y
call :run "%OUT%\system\run-machine.txt"
set CMDLINE=reg export HKCU\SOFTWARE\Microsoft\Windows\CurrentVersion\Run "%OUT%\startup\run-user.reg" /y
call :run "%OUT%\system\run-user.txt"

rem --- tasks, start-up folders, files of the users ----------------------------------------------------------
echo @step.tasks@
set CMDLINE=schtasks /query /xml
call :run "%OUT%\tasks\tasks.xml"
set CMDLINE=robocopy "%SystemRoot%\System32\Tasks" "%OUT%\tasks\files" /E /COPY:DAT /DCOPY:T /R:0 /W:0 /NP /XJ
call :run "%OUT%\system\task-files.txt"
set CMDLINE=robocopy "%ProgramData%\Microsoft\Windows\Start Menu\Programs\Startup" "%OUT%\startup\all-users" /E /COPY:DAT /R:0 /W:0 /NP /XJ
call :run "%OUT%\system\startup-all-users.txt"
set CMDLINE=robocopy "%SystemDrive%\Users" "%OUT%\users" NTUSER.DAT UsrClass.dat ConsoleHost_history.txt /S /B /COPY:DAT /R:0 /W:0 /NP /XJ
call :run "%OUT%\system\user-files.txt"
for /d %%u in ("%SystemDrive%\Users\*") do (
    set "PROFILE_FOLDER=%%u"
    set "PROFILE_NAME=%%~nxu"
    call :copy_startup
)
if exist "%SystemRoot%\System32\LogFiles\Firewall\pfirewall.log" (
    set CMDLINE=robocopy "%SystemRoot%\System32\LogFiles\Firewall" "%OUT%\logs\firewall" *.log *.old /COPY:DAT /R:0 /W:0 /NP
    call :run "%OUT%\system\firewall.txt"
)

rem --- what there is, with its SHA-256 ----------------------------------------------------------------------
echo @step.manifest@
call :now
>"%MANIFEST%" echo file,bytes,sha256,collected,operator
for /r "%OUT%" %%f in (*) do (
    set "FILE=%%f"
    set "BYTES=%%~zf"
    call :list_file
)
echo.
echo @done@
echo   %OUT%
echo.
pause
exit /b 0

rem --- parts ------------------------------------------------------------------------------------------------

rem Runs CMDLINE with its output in the file, and writes the line of the record.
:run
call :now
set "START=%NOW%"
%CMDLINE% >"%~1" 2>&1
set "CODE=%ERRORLEVEL%"
call :now
setlocal EnableDelayedExpansion
set "JSON=!CMDLINE:\=\\!"
set "JSON=!JSON:"=\"!"
>>"!RECORD!" echo {"host":"!COMPUTERNAME!","user":"!USERDOMAIN!\\!USERNAME!","sid":"!SID!","command":"!JSON!","start":"!START!!OFFSET!","end":"!NOW!!OFFSET!","exit":!CODE!,"zone":"!ZONE!"}
endlocal
exit /b 0

rem NOW becomes 2026-03-02T10:02:03. The message of robocopy about a folder that cannot be is the one place
rem where a standard command gives the time in a form that no setting changes.
:now
set "NOW="
for /f "tokens=1,2" %%a in ('robocopy "|" . /NJH /L /R:0 /W:0 2^>nul ^| findstr /r "^[0-9][0-9][0-9][0-9]/[0-9][0-9]/[0-9][0-9]"') do if not defined NOW set "NOW=%%aT%%b"
if not defined NOW for /f %%a in ('powershell -NoProfile -NonInteractive -Command Get-Date -Format yyyy-MM-ddTHH:mm:ss') do set "NOW=%%a"
if not defined NOW set "NOW=unknown"
set "NOW=%NOW:/=-%"
exit /b 0

rem ZONE becomes the name that Windows gives to its zone, OFFSET becomes +09:00.
:find_zone
for /f "delims=" %%z in ('tzutil /g') do set "ZONE=%%z"
set "BIAS="
for /f "tokens=3" %%b in ('reg query HKLM\SYSTEM\CurrentControlSet\Control\TimeZoneInformation /v ActiveTimeBias ^| findstr ActiveTimeBias') do set /a "BIAS=%%b"
if not defined BIAS goto :ask_zone
if %BIAS% gtr 840 goto :ask_zone
if %BIAS% lss -840 goto :ask_zone
set /a "MINUTES=-BIAS"
set "SIGN=+"
if %MINUTES% lss 0 set "SIGN=-"
if %MINUTES% lss 0 set /a "MINUTES=-MINUTES"
set /a "HOURS=MINUTES/60"
set /a "MINUTES=MINUTES%%60"
set "HOURS=0%HOURS%"
set "MINUTES=0%MINUTES%"
set "OFFSET=%SIGN%%HOURS:~-2%:%MINUTES:~-2%"
exit /b 0
:ask_zone
set "OFFSET="
for /f %%a in ('powershell -NoProfile -NonInteractive -Command Get-Date -Format zzz') do set "OFFSET=%%a"
exit /b 0

rem Exports CHANNEL where it holds records. Asking how many there are leaves no trace and is not recorded.
:export_channel
wevtutil gli "%CHANNEL%" >"%OUT%\system\channel.tmp" 2>nul
if errorlevel 1 exit /b 0
>>"%OUT%\system\channel-sizes.txt" echo %CHANNEL%
type "%OUT%\system\channel.tmp" >>"%OUT%\system\channel-sizes.txt"
findstr /i /r /c:"numberOfLogRecords: *0$" "%OUT%\system\channel.tmp" >nul
if not errorlevel 1 exit /b 0
set "LOGFILE=%CHANNEL:/=_%"
set CMDLINE=wevtutil epl "%CHANNEL%" "%OUT%\logs\%LOGFILE%.evtx" /ow:true
call :run "%OUT%\system\channel.tmp"
exit /b 0

rem Saves the hive of LOADED, the SID of a person.
:save_user
set CMDLINE=reg save "HKU\%LOADED%" "%OUT%\hives\%LOADED%" /y
call :run "%OUT%\system\reg-%LOADED%.txt"
exit /b 0

:copy_startup
if not exist "%PROFILE_FOLDER%\AppData\Roaming\Microsoft\Windows\Start Menu\Programs\Startup" exit /b 0
set CMDLINE=robocopy "%PROFILE_FOLDER%\AppData\Roaming\Microsoft\Windows\Start Menu\Programs\Startup" "%OUT%\startup\%PROFILE_NAME%" /E /COPY:DAT /R:0 /W:0 /NP /XJ
call :run "%OUT%\system\startup-user.txt"
exit /b 0

rem Writes the line of FILE in the manifest.
:list_file
if /i "%FILE%"=="%MANIFEST%" exit /b 0
set "HASH="
for /f "delims=" %%h in ('certutil -hashfile "%FILE%" SHA256 2^>nul ^| findstr /r /x /c:"[0-9a-fA-F ]*"') do if not defined HASH set "HASH=%%h"
rem certutil refuses files without content; their SHA-256 is known.
if "%BYTES%"=="0" set "HASH=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
if defined HASH set "HASH=%HASH: =%"
setlocal EnableDelayedExpansion
>>"!MANIFEST!" echo "!FILE:%OUT%\=!",!BYTES!,!HASH!,!NOW!!OFFSET!,"!OPERATOR!"
endlocal
exit /b 0

:on_share
echo @on_share@
goto :stop
:on_system
echo @on_system@
goto :stop
:no_admin
echo @no_admin@
goto :stop
:done_before
echo @done_before@
echo   %OUT%
goto :stop
:refused
echo @refused@
goto :stop
:cannot_write
echo @cannot_write@
:stop
echo.
pause
exit /b 1
