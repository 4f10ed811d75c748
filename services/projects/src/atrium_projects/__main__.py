from atrium_projects.main import main

main()
