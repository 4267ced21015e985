echo end
