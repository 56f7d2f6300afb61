# A video in an announcement: nudges/launch/video.py
announce-video-title = This video has no title: [Video: The director’s welcome](https://…)
announce-video-link = “{ $url }” is no link to a video that everybody can open: it begins with https://
announce-video-transcript = The video “{ $title }” has no transcript. Write below its line what is said in it, each line beginning with >, for those who cannot hear or open it.
