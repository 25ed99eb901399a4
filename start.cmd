@echo off
rem Opens the course on Windows: the same as "make start" elsewhere. Double-click it, or run
rem it from a terminal with options for "course start", for example: start.cmd --no-browser
rem Written with care, but not tested on Windows yet.
setlocal
cd /d "%~dp0"

set "VENV=.venv"
set "BIN=%VENV%\Scripts"
set "LOG=%VENV%\install.log"
set "PIP_DISABLE_PIP_VERSION_CHECK=1"
rem Lists separated by blanks, hence no absolute path: a folder's name may have a blank in it.
set "PIP_CONSTRAINT=constraints.txt"
set "PIP_BUILD_CONSTRAINT=constraints.txt"

rem --- the virtual environment; one that was moved with its folder is made anew
set "HERE="
if exist "%VENV%\made-for.txt" set /p HERE=<"%VENV%\made-for.txt"
if "%HERE%"=="%CD%" if exist "%BIN%\python.exe" goto install
if defined HERE rmdir /s /q "%VENV%"

set "PYTHON=py -3"
%PYTHON% --version >nul 2>&1 || set "PYTHON=python"
%PYTHON% -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>&1
if errorlevel 1 (
  echo The course needs Python 3.11 or newer, and none was found.
  echo Install it from python.org, tick "Add python.exe to PATH", then try again.
  goto failed
)
%PYTHON% -m venv "%VENV%"
if errorlevel 1 (
  echo Python could not make the folder %VENV%.
  echo Check that this folder can be written to and that the disk is not full.
  goto failed
)
cd >"%VENV%\made-for.txt"

:install
rem --- the course; again only if a file that says what to install has changed
"%BIN%\python.exe" -c "import hashlib, pathlib, sys; files = ['pyproject.toml', 'constraints.txt', *map(str, sorted(pathlib.Path('course/labextension').rglob('*.js*')))]; digest = hashlib.sha256(b''.join(pathlib.Path(f).read_bytes() for f in files)).hexdigest(); pathlib.Path('.venv/wanted.txt').write_text(digest); done = pathlib.Path('.venv/installed.txt'); sys.exit(not done.exists() or done.read_text() != digest)"
if not errorlevel 1 goto start
echo Installing the course into %VENV%: a few minutes, the first time only.
"%BIN%\python.exe" -m pip install -e . >"%LOG%" 2>&1
if errorlevel 1 (
  type "%LOG%"
  echo.
  echo The installation failed; the lines above are from %LOG%.
  echo Check the network and try again; if it fails again, delete the folder %VENV%.
  goto failed
)
copy /y "%VENV%\wanted.txt" "%VENV%\installed.txt" >nul

:start
"%BIN%\course.exe" start %*
if errorlevel 1 goto failed
exit /b 0

:failed
rem A double-clicked window would close before anybody has read why.
pause
exit /b 1
